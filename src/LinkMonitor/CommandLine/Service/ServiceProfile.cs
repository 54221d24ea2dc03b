using LinkMonitor.CommandLine.Conventions;
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
    /// <exception cref="ServiceFailureException">The profile is not there, or cannot be read.</exception>
    public static ServiceProfile Read(string? name, Func<string, string?> variable, string file)
    {
        var wanted = name ?? Given(variable(ProfileVariable));
        var profile = Find(wanted ?? Ordinary, isNeeded: wanted is not null, file);

        // A profile that was asked for by name comes before what happens to be in the environment.
        var (first, second) = name is null ? (FromVariables(variable), profile) : (profile, FromVariables(variable));
        var url = first?.Url ?? second?.Url ?? $"http://localhost:{ServerSettings.DefaultPort}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ServiceFailureException(
                $"'{url}' is not the address of a service. Use for example https://links.example.org.", ExitCodes.WrongUsage);

        // Never the key of one service to the other.
        var key = first?.Key ?? (first?.Url is null || first.Url == second?.Url ? second?.Key : null);
        return new ServiceProfile(address, key, first?.Project ?? second?.Project);
    }

    /// <summary>Others on the way could read the key.</summary>
    public bool ShowsKey => Key is not null && Url is { Scheme: "http", IsLoopback: false };

    /// <summary>The same at an address that the user names. The key goes along: who names an address by hand means it.</summary>
    /// <exception cref="ServiceFailureException">It is no address.</exception>
    public ServiceProfile At(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
        ? this with { Url = address }
        : throw new ServiceFailureException($"'{url}' is not the address of a service. Use for example "
            + $"https://links.example.org.", ExitCodes.WrongUsage);

    private static ProfileEntry FromVariables(Func<string, string?> variable) =>
        new(Given(variable(UrlVariable)), Given(variable(KeyVariable)), Given(variable(ProjectVariable)));

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static ProfileEntry? Find(string name, bool isNeeded, string file)
    {
        if (!File.Exists(file))
            return isNeeded ? throw new ServiceFailureException($"There is no profile '{name}': there is no "
                + $"file {file}.", ExitCodes.WrongUsage) : null;
        var profiles = ProfileFile.Read(file);
        if (profiles.TryGetValue(name, out var profile))
            return profile;
        return isNeeded
            ? throw new ServiceFailureException(
                $"There is no profile '{name}' in {file}; there are {string.Join(", ", profiles.Keys)}.", ExitCodes.WrongUsage)
            : null;
    }
}

/// <summary>A command cannot be done by the service; the message says why and what to do.</summary>
internal sealed class ServiceFailureException(string message, int exitCode) : Exception(message)
{
    public int ExitCode => exitCode;
}
