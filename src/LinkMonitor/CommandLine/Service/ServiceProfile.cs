using System.Globalization;
using System.Text.Json;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Hosting.Serving;

namespace LinkMonitor.CommandLine.Service;

/// <summary>How a service is reached: by the environment, and where that says nothing, by a file of profiles.</summary>
/// <param name="Key">Null when none is set.</param>
/// <param name="Project">The id or name of the project that is meant when none is named; null for none.</param>
internal sealed record ServiceProfile(Uri Url, string? Key, string? Project)
{
    public const string UrlVariable = "LINKMONITOR_URL";
    public const string KeyVariable = "LINKMONITOR_KEY";
    public const string ProjectVariable = "LINKMONITOR_PROJECT";
    public const string ProfileVariable = "LINKMONITOR_PROFILE";

    private const string Ordinary = "default";

    /// <summary>For example <c>~/.config/linkmonitor/profiles.json</c>.</summary>
    public static string UsualFile =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "linkmonitor", "profiles.json");

    /// <param name="name">The profile; null for the one that the environment names, or <c>default</c>, if there is one.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <exception cref="ServiceFailureException">
    /// The profile is not there, or cannot be read: <see cref="ExitCodes.WrongUsage"/> when it was named, otherwise
    /// <see cref="ExitCodes.Unavailable"/>, as for every wrong setting.
    /// </exception>
    public static ServiceProfile Read(string? name, Func<string, string?> variable, string file)
    {
        var wanted = name ?? Given(variable(ProfileVariable));
        var profile = Find(wanted ?? Ordinary, name is not null ? ExitCodes.WrongUsage : ExitCodes.Unavailable, wanted is not null, file);

        // A profile that was asked for by name comes before what happens to be in the environment.
        var (first, second) = name is null ? (FromVariables(variable), profile) : (profile, FromVariables(variable));
        var url = first?.Url ?? second?.Url ?? $"http://localhost:{ServerSettings.DefaultPort}";
        if (WrongAddress(url) is { } wrong)
            throw new ServiceFailureException($"{UrlVariable} or the profile is wrong. {wrong}", ExitCodes.Unavailable);

        // Never the key of one service to the other.
        var key = first?.Key ?? (first?.Url is null || first.Url == second?.Url ? second?.Key : null);
        return new ServiceProfile(new Uri(url), key, first?.Project ?? second?.Project);
    }

    /// <summary>Others on the way could read the key.</summary>
    public bool ShowsKey => Key is not null && Url is { Scheme: "http", IsLoopback: false };

    /// <summary>What is wrong with the address of a service; null when nothing is. A password in it is not named.</summary>
    public static string? WrongAddress(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            ? $"'{GivenUrl.Shown(url)}' is not the address of a service. Use for example https://links.example.org."
            : address.UserInfo.Length > 0
                ? $"'{GivenUrl.Shown(url)}' contains a user name or password. They are never sent: give the address without them."
                : null;

    /// <summary>The same at an address that the user names. The key goes along: who names an address by hand means it.</summary>
    /// <param name="url">One that <see cref="WrongAddress"/> finds nothing wrong with.</param>
    public ServiceProfile At(string url) => this with { Url = new Uri(url) };

    private static ProfileEntry FromVariables(Func<string, string?> variable) =>
        new(Given(variable(UrlVariable)), Given(variable(KeyVariable)), Given(variable(ProjectVariable)));

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static ProfileEntry? Find(string name, int missing, bool isNeeded, string file)
    {
        if (!File.Exists(file))
            return isNeeded ? throw new ServiceFailureException($"There is no profile '{name}': there is no "
                + $"file {file}.", missing) : null;
        var profiles = ProfileFile.Read(file);
        if (profiles.TryGetValue(name, out var profile))
            return profile;
        return isNeeded
            ? throw new ServiceFailureException(
                $"There is no profile '{name}' in {file}; there are {string.Join(", ", profiles.Keys)}.", missing)
            : null;
    }
}

/// <summary>A command cannot be done by the service; the message says why and what to do.</summary>
internal sealed class ServiceFailureException(string message, int exitCode) : Exception(message)
{
    public int ExitCode => exitCode;
}

/// <summary>The file of profiles. What is in it and cannot be meant is reported, because a misspelt field would just not count.</summary>
internal static class ProfileFile
{
    private const string Example = "Write for example "
        + "{\"default\":{\"url\":\"https://links.example.org\",\"key\":\"lm_…\",\"project\":\"…\"}}.";

    private static readonly string[] Fields = ["url", "key", "project"];

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The profiles by name.</summary>
    /// <exception cref="ServiceFailureException">The file cannot be read, or something in it is none of a profile.</exception>
    public static Dictionary<string, ProfileEntry> Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file), Options);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw Wrong(file, $"it is not an object of profiles. {Example}");
            var profiles = new Dictionary<string, ProfileEntry>(StringComparer.Ordinal);
            foreach (var profile in json.RootElement.EnumerateObject())
                profiles[profile.Name] = ReadProfile(file, profile);
            return profiles;
        }
        catch (JsonException e)
        {
            // It counts from 0.
            var place = e.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1} is not JSON")
                : "it is not JSON";
            throw Wrong(file, $"{place}. {Example}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServiceFailureException($"{file} cannot be read: {e.Message}", ExitCodes.Unavailable);
        }
    }

    private static ProfileEntry ReadProfile(string file, JsonProperty profile)
    {
        if (profile.Value.ValueKind != JsonValueKind.Object)
        {
            var asField = Fields.Contains(profile.Name, StringComparer.OrdinalIgnoreCase)
                ? " It is a field of a profile and belongs inside one." : string.Empty;
            throw Wrong(file, $"'{profile.Name}' is not an object.{asField} {Example}");
        }

        var entry = new ProfileEntry();
        foreach (var field in profile.Value.EnumerateObject())
        {
            if (field.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                throw Wrong(file, $"'{field.Name}' of the profile '{profile.Name}' is not text. Put it in quotation marks.");
            var value = field.Value.GetString();
            entry = field.Name.ToUpperInvariant() switch
            {
                "URL" => entry with { Url = value },
                "KEY" => entry with { Key = value },
                "PROJECT" => entry with { Project = value },
                _ => throw Wrong(file, $"the profile '{profile.Name}' has no field '{field.Name}'. "
                    + (Spelling.Nearest(field.Name, Fields) is { } meant ? $"Did you mean '{meant}'? " : "")
                    + "The fields are url, key and project."),
            };
        }

        return entry;
    }

    private static ServiceFailureException Wrong(string file, string why) => new($"{file} cannot be used: {why}", ExitCodes.Unavailable);
}

/// <summary>A profile as the file has it; all parts may be absent.</summary>
/// <param name="Project">An id or a name.</param>
internal sealed record ProfileEntry(string? Url = null, string? Key = null, string? Project = null);
