using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Links;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.LinkTypes;

namespace LinkMonitor.LinkTypes;

/// <summary>Makes, changes and deletes the types of a project.</summary>
internal sealed class TypeRegistry(ILinkTypeStore store, LinkRequestReader reader, TimeProvider time)
{
    /// <summary>The most types that a project can make itself.</summary>
    public const int MaxOwn = 50;

    private const string AsItComes = "built-in";

    /// <summary>What names the version of a type.</summary>
    public static string VersionOf(LinkType type) => type.Version ?? AsItComes;

    /// <summary>How many links have a type.</summary>
    public static int CountLinks(LinkListing listing, LinkType type) =>
        listing.Count(FilterLine.Of([FilterTerm.Of(FilterBy.Type, type.Key)]));

    public Task<ProjectTypes> ReadAsync(ProjectId project, CancellationToken cancellationToken) =>
        store.ReadAsync(project, cancellationToken);

    /// <param name="body">Gets what is wrong with the request.</param>
    public async Task<TypeResult> CreateAsync(ProjectId project, Body<TypeRequest> body, CancellationToken cancellationToken)
    {
        var known = await store.ReadAsync(project, cancellationToken);
        if (body.Value.Name is null)
            body.Errors.AddIfNone("name", "A type needs a name.");
        var name = ReadName(body.Value.Name, known, null, body.Errors);
        var type = Apply(new LinkType { Key = LinkType.KeyOf(name ?? ""), Name = name ?? "" }, body);
        if (body.Errors.Any)
            return new TypeResult(TypeOutcome.Invalid);
        if (known.All.Count(one => !one.IsBuiltIn) >= MaxOwn)
            return new TypeResult(TypeOutcome.TooMany);
        return await store.SaveAsync(project, type with { ChangedAt = time.GetUtcNow() }, cancellationToken) is { } saved
            ? new TypeResult(TypeOutcome.Done, saved)
            : new TypeResult(TypeOutcome.Stale);
    }

    /// <inheritdoc cref="CreateAsync"/>
    public async Task<TypeResult> ChangeAsync(
        ProjectId project, string key, IfMatch match, Body<TypeRequest> body, CancellationToken cancellationToken)
    {
        var known = await store.ReadAsync(project, cancellationToken);
        if (known.Find(key) is not { } standing)
            return new TypeResult(body.Errors.Any ? TypeOutcome.Invalid : TypeOutcome.NotFound);
        if (JsonBody.Resets(body.Json, "name"))
            body.Errors.Add("name", "A type cannot be without it. Leave the field out to keep its value.");
        var name = ReadName(body.Value.Name, known, standing, body.Errors) ?? standing.Name;
        if (standing.IsBuiltIn && name != standing.Name)
            body.Errors.Add("name", "The name of a built-in type cannot change. Make a type of your own instead.");
        var changed = Apply(standing with { Name = name }, body);
        if (body.Errors.Any)
            return new TypeResult(TypeOutcome.Invalid);
        if (!match.Allows(VersionOf(standing)))
            return new TypeResult(TypeOutcome.Stale);
        if (!TypeView.Difference(standing, changed).Any)
            return new TypeResult(TypeOutcome.Done, standing) { Was = standing };
        return await store.SaveAsync(project, changed with { ChangedAt = time.GetUtcNow() }, cancellationToken) is { } saved
            ? new TypeResult(TypeOutcome.Done, saved) { Was = standing }
            : new TypeResult(TypeOutcome.Stale);
    }

    /// <summary>Deletes a type of the project, or makes a built-in one as it comes again.</summary>
    /// <param name="listing">Tells which links have the type.</param>
    public async Task<TypeResult> DeleteAsync(
        ProjectId project, string key, IfMatch match, LinkListing listing, CancellationToken cancellationToken)
    {
        if ((await store.ReadAsync(project, cancellationToken)).Find(key) is not { } type)
            return new TypeResult(TypeOutcome.NotFound);
        if (type is { IsBuiltIn: true, ETag: null })
            return new TypeResult(TypeOutcome.BuiltIn, type);
        if (!match.Allows(VersionOf(type)))
            return new TypeResult(TypeOutcome.Stale);
        if (!type.IsBuiltIn && CountLinks(listing, type) is > 0 and var links)
            return new TypeResult(TypeOutcome.InUse, type, links);
        return await store.DeleteAsync(project, type, cancellationToken)
            ? new TypeResult(TypeOutcome.Done, type)
            : new TypeResult(TypeOutcome.Stale);
    }

    // The parts of a type are read as those of a link are.
    private LinkType Apply(LinkType type, Body<TypeRequest> body)
    {
        var request = body.Value;
        if (JsonBody.Resets(body.Json, "ignore"))
            body.Errors.Add("ignore", "It must be an array; this is null. To expect a part again, set that part, or set it to null.");
        var parts = reader.ReadParts(
            new LinkRequest
            {
                Rel = request.Rel,
                Anchor = request.Anchor,
                Placement = request.Placement,
                Indexable = request.Indexable,
                Ignore = request.Ignore,
            },
            ProjectTypes.BuiltIn, body.Errors);
        return type with
        {
            Rel = parts.Rel ?? (JsonBody.Resets(body.Json, "rel") ? default : type.Rel),
            Anchor = parts.Anchor ?? (JsonBody.Resets(body.Json, "anchor") ? default : type.Anchor),
            Placement = parts.Placement ?? (JsonBody.Resets(body.Json, "placement") ? default : type.Placement),
            Indexable = parts.Indexable ?? (JsonBody.Resets(body.Json, "indexable") ? default : type.Indexable),
            AtOnce = request.AtOnce is { } topics ? ReadTopics(topics, body.Errors)
                : JsonBody.Resets(body.Json, "atOnce") ? TypeTopics.Default : type.AtOnce,
        };
    }

    private static List<string> ReadTopics(IReadOnlyList<string> topics, FieldErrors errors)
    {
        foreach (var topic in topics.Where(topic => !TypeTopics.All.Contains(topic, StringComparer.Ordinal)))
            errors.Add("atOnce", FieldErrors.NotOneOf(topic ?? "", TypeTopics.All));
        return [.. TypeTopics.All.Where(topic => topics.Contains(topic, StringComparer.Ordinal))];
    }

    private static string? ReadName(string? text, ProjectTypes known, LinkType? own, FieldErrors errors)
    {
        if (text?.Trim() is not { } name)
            return null;
        if (name.Length is 0 or > LinkType.MaxName || name.Any(char.IsControl))
            errors.Add("name", $"1 to {LinkType.MaxName} characters on one line; it has {CountText.Of(name.Length, "character")}.");
        errors.CheckCharacters("name", name);
        var key = LinkType.KeyOf(name);
        if (key.Length == 0 && name.Length > 0)
            errors.Add("name", "It has no letter and no digit: a type is named by them in filters and files.");
        else if (known.All.Any(type => type.Key != own?.Key
            && (type.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || (own is null && type.Key == key))))
            errors.Add("name", "There is a type of that name. Take another one.");
        return name;
    }
}

/// <summary>What became of a request for a type.</summary>
internal enum TypeOutcome
{
    Done,

    /// <summary>What is wrong is among the errors.</summary>
    Invalid,
    NotFound,

    /// <summary>Somebody changed or deleted it since it was read, or made one of that name.</summary>
    Stale,

    /// <summary>Links have it.</summary>
    InUse,

    /// <summary>It is a built-in type as it comes.</summary>
    BuiltIn,

    /// <summary>The project has <see cref="TypeRegistry.MaxOwn"/> already.</summary>
    TooMany,
}

/// <param name="Type">As it is stored, or was until it was deleted; null when there is none to show.</param>
/// <param name="Links">How many links have it, where that matters.</param>
internal sealed record TypeResult(TypeOutcome Outcome, LinkType? Type = null, int Links = 0)
{
    /// <summary>What a type that was changed was before.</summary>
    public LinkType? Was { get; init; }
}
