namespace LinkMonitor.Storage.Connecting;

/// <summary>
/// Checks a storage connection string before the clients see it: what they say of a wrong one does not tell what to write instead.
/// </summary>
internal static class ConnectionString
{
    private static readonly string[] Known =
    [
        "UseDevelopmentStorage", "DevelopmentStorageProxyUri", "DefaultEndpointsProtocol", "AccountName", "AccountKey", "EndpointSuffix",
        "BlobEndpoint", "QueueEndpoint", "TableEndpoint", "FileEndpoint", "SharedAccessSignature",
    ];

    private static readonly string[] Endpoints = ["TableEndpoint", "QueueEndpoint"];

    /// <summary>The same settings as the clients spell them.</summary>
    /// <exception cref="InvalidStorageOptionsException">Something is missing or malformed; the message names it and holds no
    /// secret.</exception>
    public static string Check(string connectionString)
    {
        var settings = Split(connectionString);
        if (settings.TryGetValue("UseDevelopmentStorage", out var emulator))
        {
            if (!bool.TryParse(emulator, out var use) || !use)
                throw Wrong("UseDevelopmentStorage can only be 'true'.");
            settings["UseDevelopmentStorage"] = "true";
        }
        else
        {
            CheckEndpoints(settings);
            CheckKey(settings);
        }

        return string.Join(';', settings.Select(setting => $"{Spelled(setting.Key)}={setting.Value}"));
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

        return settings.Count > 0 ? settings : throw Wrong("it is empty.");
    }

    private static void CheckEndpoints(Dictionary<string, string> settings)
    {
        foreach (var name in Endpoints)
            if (settings.TryGetValue(name, out var written) && !IsWebUrl(written))
                throw Wrong($"{name} is not an absolute http or https URL.");

        if (!settings.TryGetValue("AccountName", out var account))
            throw Wrong(settings.ContainsKey("TableEndpoint") ? "it has no AccountName." : "it has neither TableEndpoint nor AccountName.");
        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        if (protocol is not ("http" or "https"))
            throw Wrong("DefaultEndpointsProtocol must be 'https' or 'http'.");
        if (!IsWebUrl($"{protocol}://{account}.table.{settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")}"))
            throw Wrong("AccountName and EndpointSuffix do not make a host name.");
        settings["DefaultEndpointsProtocol"] = protocol;
    }

    private static void CheckKey(Dictionary<string, string> settings)
    {
        if (settings.ContainsKey("SharedAccessSignature") && !settings.ContainsKey("AccountKey"))
            throw Wrong("it has a SharedAccessSignature, which is not supported: use AccountKey, or an endpoint with a managed identity.");
        if (!settings.TryGetValue("AccountKey", out var key) || key.Length == 0)
            throw Wrong("it has no AccountKey.");
        if (!Convert.TryFromBase64String(key, new byte[key.Length], out _))
            throw Wrong("the AccountKey is not base64.");
    }

    private static bool IsWebUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static string Spelled(string name) =>
        Known.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    private static InvalidStorageOptionsException Wrong(string reason) => new(reason);
}
