using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;

namespace LinkMonitor.Storage.Connecting;

/// <summary>Where tables and queues are, and how to get in: a connection string, or addresses and an identity.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// With account key, or <c>UseDevelopmentStorage=true</c> for Azurite on its usual ports. Null to use an identity.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// The storage account's name, in the public cloud. With <see cref="Identity"/>; not needed when both addresses are given.
    /// </summary>
    public string? AccountName { get; init; }

    /// <summary>For example <c>https://ACCOUNT.table.core.windows.net</c>; null to derive it from <see cref="AccountName"/>.</summary>
    public Uri? TableServiceUri { get; init; }

    /// <summary>For example <c>https://ACCOUNT.queue.core.windows.net</c>; null to derive it from <see cref="AccountName"/>.</summary>
    public Uri? QueueServiceUri { get; init; }

    /// <summary>Null when there is a connection string.</summary>
    public StorageIdentity? Identity { get; init; }

    /// <summary>Stands in for <see cref="Identity"/> where tests bring a token of their own.</summary>
    internal TokenCredential? Credential { get; init; }

    /// <summary>
    /// Put before the name of every table and queue, so that several instances can share one account: lower-case letters and digits, a
    /// letter first, at most 20. Empty by default. The Functions host knows the queues by their plain names, so it works with the default
    /// only.
    /// </summary>
    public string NamePrefix { get; init; } = "";

    /// <summary>Changes the options of the table client before it is built: retries, pipeline policies.</summary>
    internal Action<TableClientOptions>? ConfigureTables { get; init; }

    /// <summary>Changes the options of the queue client before it is built: retries, pipeline policies.</summary>
    internal Action<QueueClientOptions>? ConfigureQueues { get; init; }
}

/// <summary>
/// Who we are to the storage account when there is no key. Needs the roles Storage Table Data Contributor and Storage Queue Data
/// Contributor.
/// </summary>
public sealed record StorageIdentity
{
    /// <summary>The client id of a user-assigned managed identity; null for the system-assigned one.</summary>
    public string? ClientId { get; init; }

    /// <summary>Ask the managed identity only. Otherwise, where there is none, whoever is signed in on this machine.</summary>
    public bool IsManagedOnly { get; init; }

    internal TokenCredential ToCredential() => IsManagedOnly
        ? new ManagedIdentityCredential(ManagedId)
        : new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = ClientId });

    private ManagedIdentityId ManagedId =>
        ClientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(ClientId);
}

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
