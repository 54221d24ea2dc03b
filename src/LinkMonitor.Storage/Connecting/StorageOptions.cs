using Azure.Core;
using Azure.Storage.Queues;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Connecting;

/// <summary>Where tables and queues are, and how to get in: a connection string, or addresses and a credential.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// With account key, or <c>UseDevelopmentStorage=true</c> for Azurite on its usual ports. Null to use a credential.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// The storage account's name, in the public cloud. With <see cref="Credential"/>; not needed when both addresses are given.
    /// </summary>
    public string? AccountName { get; init; }

    /// <summary>For example <c>https://ACCOUNT.table.core.windows.net</c>; null to derive it from <see cref="AccountName"/>.</summary>
    public Uri? TableServiceUri { get; init; }

    /// <summary>For example <c>https://ACCOUNT.queue.core.windows.net</c>; null to derive it from <see cref="AccountName"/>.</summary>
    public Uri? QueueServiceUri { get; init; }

    /// <summary>Usually a managed identity. Needs the roles Storage Table Data Contributor and Storage Queue Data Contributor.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>
    /// Put before the name of every table and queue, so that several instances can share one account: lower-case letters and digits, a
    /// letter first, at most 20. Empty by default. The Functions host knows the queues by their plain names, so it works with the default
    /// only.
    /// </summary>
    public string NamePrefix { get; init; } = "";

    /// <summary>Changes the options of the table client before it is built: retries, pipeline policies.</summary>
    public Action<TableClientOptions>? ConfigureTables { get; init; }

    /// <summary>Changes the options of the queue client before it is built: retries, pipeline policies.</summary>
    public Action<QueueClientOptions>? ConfigureQueues { get; init; }
}
