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
