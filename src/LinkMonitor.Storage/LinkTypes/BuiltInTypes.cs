using LinkMonitor.Engine.Links;

namespace LinkMonitor.Storage.LinkTypes;

/// <summary>The types that every project has; docs/types.md says why each expects what it does.</summary>
public static class BuiltInTypes
{
    private static readonly Expected<RelQualifiers> Follow = Expected<RelQualifiers>.Exactly(RelQualifiers.None);
    private static readonly Expected<RelQualifiers> AnyRel = Expected<RelQualifiers>.Any;
    private static readonly Expected<Placement> Main = Expected<Placement>.Exactly(Placement.Main);
    private static readonly Expected<Placement> AnyPlace = Expected<Placement>.Any;
    private static readonly Expected<bool> Indexable = Expected<bool>.Exactly(true);
    private static readonly Expected<bool> IndexableOrNot = Expected<bool>.Any;

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<LinkType> All { get; } =
    [
        New("guest-post", "Guest post") with { Rel = Follow, Placement = Main, Indexable = Indexable },
        New("editorial", "Editorial") with { Placement = Main, Indexable = Indexable },
        New("directory", "Directory") with { Anchor = Expected<string>.Any, Placement = AnyPlace, Indexable = Indexable },
        New("profile", "Profile") with
        {
            Rel = AnyRel, Anchor = Expected<string>.Any, Placement = AnyPlace, Indexable = IndexableOrNot,
        },
        New("resource-page", "Resource page") with { Anchor = Expected<string>.Any, Indexable = Indexable },
        New("partner", "Partner") with { Placement = AnyPlace, Indexable = Indexable },
        New("press", "Press") with { Rel = AnyRel, Indexable = Indexable },
        New("forum", "Forum") with
        {
            Rel = AnyRel, Anchor = Expected<string>.Any, Placement = AnyPlace, Indexable = IndexableOrNot,
        },
    ];

    public static LinkType? Find(string key) => All.FirstOrDefault(type => type.Key == key);

    private static LinkType New(string key, string name) => new() { Key = key, Name = name, IsBuiltIn = true };
}
