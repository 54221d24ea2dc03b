using LinkMonitor.CommandLine.Conventions;
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
