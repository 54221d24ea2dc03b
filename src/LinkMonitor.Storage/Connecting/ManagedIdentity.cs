using Azure.Core;
using Azure.Identity;

namespace LinkMonitor.Storage.Connecting;

/// <summary>The identity that Azure gives the machine.</summary>
public static class ManagedIdentity
{
    /// <param name="clientId">Of a user-assigned identity; null for the system-assigned one.</param>
    public static TokenCredential Of(string? clientId) => new ManagedIdentityCredential(
        clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));
}
