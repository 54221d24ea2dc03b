using Azure.Core;
using Azure.Identity;

namespace LinkMonitor.Storage.Connecting;

/// <summary>Who we are to the storage account when there is no key. Needs the roles Storage Table Data Contributor and Storage Queue Data Contributor.</summary>
public sealed record StorageIdentity
{
    /// <summary>The client id of a user-assigned managed identity; null for the system-assigned one.</summary>
    public string? ClientId { get; init; }

    /// <summary>Ask the managed identity only. Otherwise, where there is none, whoever is signed in on this machine.</summary>
    public bool IsManagedOnly { get; init; }

    internal TokenCredential ToCredential() => IsManagedOnly
        ? new ManagedIdentityCredential(ClientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(ClientId))
        : new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = ClientId });
}
