using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Keys;

/// <summary>A key to make, or what to change of one.</summary>
public sealed record KeyRequest : IRequestBody<KeyRequest>
{
    static JsonTypeInfo<KeyRequest> IRequestBody<KeyRequest>.Shape => KeyJson.Default.KeyRequest;

    /// <summary>1 to 100 characters, so that you know it again; needed to make one.</summary>
    public string? Name { get; init; }

    /// <summary><c>read</c> (default), <c>write</c> or <c>admin</c>.</summary>
    public ApiKeyScope? Scope { get; init; }

    /// <summary>The same in other words: <c>viewer</c>, <c>editor</c> or <c>owner</c>.</summary>
    public KeyRole? Role { get; init; }

    /// <summary>The only project the key opens: short for a list of one.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The projects the key opens, 1 to 100; null or absent for all.</summary>
    public IReadOnlyList<string>? ProjectIds { get; init; }

    /// <summary>What of its settings is another one.</summary>
    internal static FieldChanges Difference(ApiKey before, ApiKey after) =>
        FieldChanges.Between(Of(before), Of(after), KeyJson.Default.KeyRequest, KeyJson.Default.KeyRequest);

    private static KeyRequest Of(ApiKey key) =>
        new() { Name = key.Name, Scope = key.Scope, ProjectIds = key.Projects.Ids is { } ids ? [.. ids.Select(id => id.Value)] : null };
}

/// <summary>What is to become of a key. What is null stays.</summary>
internal sealed record KeyPatch(string? Name, ApiKeyScope? Scope, ProjectSet? Projects)
{
    public ApiKey Apply(ApiKey key) =>
        key with { Name = Name ?? key.Name, Scope = Scope ?? key.Scope, Projects = Projects ?? key.Projects };
}

/// <summary>Reads what a key is to be, and says what is wrong with it. Nobody gives a key that opens more than their own.</summary>
internal sealed class KeyRequestReader(IProjectStore projects)
{
    private const int MaxNameLength = 100;

    /// <param name="setsProjects">Whether the request says anything of projects; then none means all.</param>
    /// <param name="by">Who asks.</param>
    /// <returns>Meaningless when there are errors.</returns>
    public async Task<KeyPatch> ReadAsync(
        KeyRequest request, bool setsProjects, KeyHolder by, FieldErrors errors, CancellationToken cancellationToken)
    {
        var name = request.Name?.Trim();
        if (name is not null && (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl)))
            errors.AddIfNone("name", $"A key needs a name of 1 to {MaxNameLength} characters without line breaks.");
        errors.CheckCharacters("name", name);
        if (request is { Scope: { } scope, Role: { } role } && role.ToScope() != scope)
            errors.Add("role", "It says something else than scope. Give one of the two.");
        return new KeyPatch(
            name,
            request.Scope ?? request.Role?.ToScope(),
            setsProjects ? await ReadProjectsAsync(request, by, errors, cancellationToken) : null);
    }

    private async Task<ProjectSet> ReadProjectsAsync(
        KeyRequest request, KeyHolder by, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (request is { ProjectId: not null, ProjectIds: not null })
            errors.Add("projectId", "projectIds says it, too. Give one of the two.");
        if (request.ProjectIds is { Count: 0 or > ProjectSet.MaxProjects })
            errors.Add("projectIds", $"Name 1 to {ProjectSet.MaxProjects} projects, or leave it out for all.");
        if (errors.Any)
            return ProjectSet.All;
        if (request.ProjectIds is { } several)
        {
            foreach (var (at, id) in several.Index())
                await CheckAsync($"projectIds[{at}]", id, by, errors, cancellationToken);
            return ProjectSet.Of(several.Select(id => new ProjectId(id)));
        }

        if (request.ProjectId is { } only)
        {
            await CheckAsync("projectId", only, by, errors, cancellationToken);
            return ProjectSet.Of([new ProjectId(only)]);
        }

        if (!by.Projects.IsAll)
            errors.AddIfNone(
                "projectIds", $"Your own key is limited to some projects: {by.Projects}. Name those of them that this one opens.");
        return ProjectSet.All;
    }

    // A project that the caller's own key does not open looks like one that does not exist.
    private async Task CheckAsync(string field, string? id, KeyHolder by, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (!ProjectId.IsValid(id)
            || !by.Opens(new ProjectId(id!))
            || await projects.GetAsync(new ProjectId(id!), cancellationToken) is null)
            errors.Add(field, $"There is no project '{FieldErrors.Cut(id)}'.");
    }
}

/// <summary>A key as the API shows it.</summary>
public sealed record KeyView
{
    /// <summary>The part of the key after <c>lm_</c> that identifies it.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required ApiKeyScope Scope { get; init; }

    /// <summary>The scope in other words.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>The only project it opens; null for all or several.</summary>
    public required string? ProjectId { get; init; }

    /// <summary>The projects it opens; null for all.</summary>
    public required IReadOnlyList<string>? ProjectIds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it; null when LinkMonitor did.</summary>
    public required Author? CreatedBy { get; init; }

    /// <summary>When it was used, to the hour; null for never.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What <c>If-Match</c> names to change this and nothing newer.</summary>
    public required string? Version { get; init; }

    /// <summary>The whole key, only in the answer that made it: it is not stored.</summary>
    public string? Key { get; init; }

    /// <summary>An address that signs its holder in once, only in the answer that made it; see <see cref="SignInView"/>.</summary>
    public Uri? SignInUrl { get; init; }

    /// <summary>When that address ends unless it is used before.</summary>
    public DateTimeOffset? SignInExpiresAt { get; init; }

    internal static KeyView Of(ApiKey key, ApiKeySecret? secret = null, IssuedSignIn? signIn = null) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Scope = key.Scope,
        Role = RoleScopes.Of(key.Scope),
        ProjectId = key.Projects.Ids is [var only] ? only.Value : null,
        ProjectIds = key.Projects.Ids?.Select(id => id.Value).ToArray(),
        CreatedAt = key.CreatedAt,
        CreatedBy = key.CreatedBy,
        LastUsedAt = key.LastUsedAt,
        Version = key.Version,
        Key = secret?.Text,
        SignInUrl = signIn?.Address,
        SignInExpiresAt = signIn?.ExpiresAt,
    };
}

/// <summary>An address that signs a person in once.</summary>
/// <param name="SignInUrl">Absolute, or only the path when the installation does not know how it is reached.</param>
/// <param name="SignInExpiresAt">When it ends unless it is used before.</param>
public sealed record SignInView(Uri SignInUrl, DateTimeOffset SignInExpiresAt);

/// <summary>The JSON of the API for keys.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(SignInView))]
[JsonSerializable(typeof(SliceView<KeyView>))]
internal sealed partial class KeyJson : JsonSerializerContext;
