using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Keys;

/// <summary>Who calls.</summary>
/// <param name="Id">The key's own; names need not differ.</param>
/// <param name="Scope">What the key may do.</param>
/// <param name="ProjectId">The only project it opens; null for all.</param>
public sealed record KeyHolder(string Id, string Name, ApiKeyScope Scope, ProjectId? ProjectId);
