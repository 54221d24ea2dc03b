namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A request a <see cref="StorageProxy"/> received.</summary>
internal sealed record ProxiedRequest(string Method, string Target, string? Authorization);
