using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Storage.LinkTypes;

namespace LinkMonitor.LinkTypes;

/// <summary>A type of links. In a PATCH what is absent stays, and null sets a part back.</summary>
public sealed record TypeRequest : IRequestBody<TypeRequest>
{
    static JsonTypeInfo<TypeRequest> IRequestBody<TypeRequest>.Shape => TypeJson.Default.TypeRequest;

    /// <summary>
    /// 1 to 60 characters on one line, not that of another type; needed for a new type. Those of built-in types cannot change.
    /// </summary>
    public string? Name { get; init; }

    /// <summary><c>follow</c>, <c>any</c>, or one or more of <c>nofollow</c>, <c>sponsored</c>, <c>ugc</c>.</summary>
    public string? Rel { get; init; }

    /// <summary>The anchor text, at most 1,000 characters.</summary>
    public string? Anchor { get; init; }

    /// <summary><c>main</c>, <c>nav</c>, <c>header</c>, <c>footer</c>, <c>aside</c> or <c>comments</c>.</summary>
    public string? Placement { get; init; }

    /// <summary>Whether search engines must be allowed to index the page.</summary>
    public bool? Indexable { get; init; }

    /// <summary>What is not watched: any of <c>rel</c>, <c>anchor</c>, <c>placement</c>, <c>indexable</c>.</summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>
    /// What is reported at once to channels that leave it to the types: reasons of changed and lost links, <c>not-followed</c>
    /// (<c>rel-changed</c> where a followed link was expected) and <c>unreachable</c>. All else is for the digest. Null for the default.
    /// </summary>
    public IReadOnlyList<string>? AtOnce { get; init; }
}

/// <summary>A type of links as the API shows it. A part that is null says nothing: then a link is expected "as first seen".</summary>
public sealed record TypeView
{
    /// <summary>Names it, for <c>type</c> of a link; made of the first name, and stays.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>Every project has it.</summary>
    public required bool IsBuiltIn { get; init; }

    public required string? Rel { get; init; }

    public required string? Anchor { get; init; }

    public required Placement? Placement { get; init; }

    public required bool? Indexable { get; init; }

    /// <summary>What is not watched.</summary>
    public required IReadOnlyList<string> Ignore { get; init; }

    /// <summary>What is reported at once.</summary>
    public required IReadOnlyList<string> AtOnce { get; init; }

    /// <summary>How many links have it.</summary>
    public required int Links { get; init; }

    /// <summary>When the project made or changed it last; null for a built-in one as it comes.</summary>
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>For <c>If-Match</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What of its settings is another one.</summary>
    internal static FieldChanges Difference(LinkType before, LinkType after) =>
        FieldChanges.Between(Of(before, 0), Of(after, 0), TypeJson.Default.TypeView, TypeJson.Default.TypeRequest);

    internal static TypeView Of(LinkType type, int links) => new()
    {
        Key = type.Key,
        Name = type.Name,
        IsBuiltIn = type.IsBuiltIn,
        Rel = RelText.Write(type.Rel),
        Anchor = type.Anchor is { Kind: ExpectedKind.Exactly, Value: var anchor } ? anchor : null,
        Placement = type.Placement is { Kind: ExpectedKind.Exactly, Value: var placement } ? placement : null,
        Indexable = type.Indexable is { Kind: ExpectedKind.Exactly, Value: var indexable } ? indexable : null,
        Ignore =
        [
            .. new (string Part, ExpectedKind Kind)[]
            {
                ("rel", type.Rel.Kind), ("anchor", type.Anchor.Kind), ("placement", type.Placement.Kind),
                ("indexable", type.Indexable.Kind),
            }.Where(part => part.Kind == ExpectedKind.Any).Select(part => part.Part),
        ],
        AtOnce = type.AtOnce,
        Links = links,
        ChangedAt = type.ChangedAt,
        Version = TypeRegistry.VersionOf(type),
    };
}

/// <summary>The JSON of the API for types.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TypeRequest))]
[JsonSerializable(typeof(TypeView))]
[JsonSerializable(typeof(SliceView<TypeView>))]
internal sealed partial class TypeJson : JsonSerializerContext;
