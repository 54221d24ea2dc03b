namespace LinkMonitor.Storage.Tables;

/// <summary>The parts of a storage connection string the table service needs.</summary>
internal sealed record ConnectionString(Uri TableEndpoint, TableSharedKeyCredential Credential)
{
    private const string DefaultSuffix = "core.windows.net";

    // Public, documented values: https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string EmulatorEndpoint = "http://127.0.0.1:10002/devstoreaccount1";

    /// <exception cref="ArgumentException">Something is missing or malformed; the message names it and holds no secret.</exception>
    public static ConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var settings = Split(connectionString);
        if (settings.TryGetValue("UseDevelopmentStorage", out var emulator))
            return bool.TryParse(emulator, out var use) && use
                ? new(new Uri(EmulatorEndpoint), new TableSharedKeyCredential(EmulatorAccount, EmulatorKey))
                : throw Wrong("UseDevelopmentStorage can only be 'true'.");

        return new(Endpoint(settings), new TableSharedKeyCredential(Required(settings, "AccountName"), Key(settings)));
    }

    private static Dictionary<string, string> Split(string connectionString)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Only the first '=' separates: base64 keys end with it.
            var separator = part.IndexOf('=', StringComparison.Ordinal);
            if (separator <= 0)
                throw Wrong("it must be a list of Name=Value pairs separated by semicolons.");
            if (!settings.TryAdd(part[..separator].Trim(), part[(separator + 1)..].Trim()))
                throw Wrong($"it names {part[..separator].Trim()} twice.");
        }

        return settings;
    }

    private static Uri Endpoint(Dictionary<string, string> settings)
    {
        if (settings.TryGetValue("TableEndpoint", out var written))
            return Uri.TryCreate(written, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
                ? new Uri(written)
                : throw Wrong("TableEndpoint is not an absolute http or https URL.");

        if (!settings.TryGetValue("AccountName", out var account))
            throw Wrong("it has neither TableEndpoint nor AccountName.");
        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        if (protocol is not ("http" or "https"))
            throw Wrong("DefaultEndpointsProtocol must be 'https' or 'http'.");
        var host = $"{account}.table.{settings.GetValueOrDefault("EndpointSuffix", DefaultSuffix)}";
        return Uri.TryCreate($"{protocol}://{host}", UriKind.Absolute, out var built)
            ? built
            : throw Wrong("AccountName and EndpointSuffix do not make a host name.");
    }

    private static string Key(Dictionary<string, string> settings) =>
        settings.ContainsKey("SharedAccessSignature") && !settings.ContainsKey("AccountKey")
            ? throw Wrong("it has a SharedAccessSignature, which is not supported: use AccountKey, or an endpoint with a managed identity.")
            : Required(settings, "AccountKey");

    private static string Required(Dictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var value) && value.Length > 0 ? value : throw Wrong($"it has no {name}.");

    private static ArgumentException Wrong(string reason) =>
        new($"The storage connection string cannot be used: {reason}");
}
