using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.LinkTypes;

/// <summary>What types make of links: <see cref="LinkTyping"/>, <see cref="LinkType"/>, <see cref="BuiltInTypes"/>.</summary>
public sealed class LinkTypingTests
{
    private static readonly WatchedLink Link = StorageSamples.Link(new ProjectId("prj_a"));
    private static readonly Expected<RelQualifiers> Follow = Expected<RelQualifiers>.Exactly(RelQualifiers.None);

    [Fact]
    public void A_type_fills_what_nobody_gave_and_leaves_the_rest_as_first_seen()
    {
        var link = LinkTyping.Apply(Link with { Type = "guest-post" }, ProjectTypes.BuiltIn);

        Assert.Equal(Follow, link.Expectation.Rel);
        Assert.Equal(Expected<Placement>.Exactly(Placement.Main), link.Expectation.Placement);
        Assert.Equal(Expected<bool>.Exactly(true), link.Expectation.Indexable);
        Assert.Equal(Expected<string>.AsFirstSeen, link.Expectation.Anchor);
        Assert.Equal(ExpectationParts.Rel | ExpectationParts.Placement | ExpectationParts.Indexable, link.TypeParts);
        Assert.Equal(link.TypeParts, link.Status.RetypedParts);
    }

    [Fact]
    public void What_was_given_for_the_link_wins_and_is_not_of_the_type()
    {
        var given = Expected<RelQualifiers>.Exactly(RelQualifiers.Sponsored);
        var link = LinkTyping.Apply(
            Link with { Type = "guest-post", Expectation = Link.Expectation with { Rel = given, Placement = Expected<Placement>.Any } },
            ProjectTypes.BuiltIn);

        Assert.Equal((given, Expected<Placement>.Any), (link.Expectation.Rel, link.Expectation.Placement));
        Assert.Equal(ExpectationParts.Indexable, link.TypeParts);
        Assert.Equal(ExpectationParts.Indexable, link.Status.RetypedParts);
    }

    [Fact]
    public void Another_type_takes_its_own_parts_with_it_and_none_leaves_what_was_given()
    {
        var given = Link with { Type = "guest-post", Expectation = Link.Expectation with { Anchor = Expected<string>.Exactly("Shop") } };
        var forum = LinkTyping.Apply(
            LinkTyping.Apply(given, ProjectTypes.BuiltIn) with { Type = "forum" }, ProjectTypes.BuiltIn);
        Assert.Equal(Expected<RelQualifiers>.Any, forum.Expectation.Rel);
        Assert.Equal(Expected<Placement>.Any, forum.Expectation.Placement);

        var none = LinkTyping.Apply(forum with { Type = null }, ProjectTypes.BuiltIn);
        Assert.Equal(given.Expectation, none.Expectation);
        Assert.Equal(ExpectationParts.None, none.TypeParts);
    }

    [Fact]
    public void A_type_that_was_changed_since_is_followed_in_the_parts_that_were_left_to_it_and_known_to_be_expected_anew()
    {
        var before = LinkTyping.Apply(
            Link with { Type = "forum", Expectation = Link.Expectation with { Indexable = Expected<bool>.Exactly(true) } },
            ProjectTypes.BuiltIn) with
        { Status = Link.Status };
        var types = Types(BuiltInTypes.Find("forum")! with { Rel = Follow, Anchor = default, Indexable = Expected<bool>.Exactly(false) });

        var after = LinkTyping.Follow(before, types);

        Assert.Equal((Follow, Expected<string>.AsFirstSeen), (after.Expectation.Rel, after.Expectation.Anchor));
        Assert.Equal(Expected<bool>.Exactly(true), after.Expectation.Indexable);
        Assert.True(after.Status.ExpectationChanged);
        Assert.Equal(ExpectationParts.Rel | ExpectationParts.Anchor, after.Status.RetypedParts);
        Assert.Same(after, LinkTyping.Follow(after, types));
    }

    [Fact]
    public void A_type_that_is_not_known_or_cannot_be_read_changes_nothing()
    {
        var link = LinkTyping.Apply(Link with { Type = "guest-post" }, ProjectTypes.BuiltIn);

        Assert.Same(link, LinkTyping.Follow(link, ProjectTypes.Of(new RowsRead<LinkType>([], ["guest-post"]))));
        var other = link with { Type = "no-such" };
        Assert.Same(other, LinkTyping.Follow(other, ProjectTypes.BuiltIn));
    }

    [Theory]
    [InlineData("Guest post", "guest-post")]
    [InlineData("  Sponsored  Newsletter, 2026! ", "sponsored-newsletter-2026")]
    [InlineData("ПАРТНЁРЫ", "партнёры")]
    [InlineData("a/b\\c#d?e", "a-b-c-d-e")]
    [InlineData("🎉", "")]
    public void A_name_gives_a_key(string name, string key) => Assert.Equal(key, LinkType.KeyOf(name));

    [Fact]
    public void Every_loss_is_urgent_by_default_and_so_is_what_was_agreed_and_no_longer_holds()
    {
        var type = new LinkType { Key = "x", Name = "X" };
        var lost = ReasonCatalogue.All
            .Select(entry => entry.Code)
            .Where(code => code is >= ReasonCode.LinkRemoved and < ReasonCode.Blocked);
        Assert.All(lost, code => Assert.True(type.IsUrgent(StorageSamples.Reason(code)), WireName.Of(code)));
        Assert.All(
            (ReasonCode[])[ReasonCode.RelChanged, ReasonCode.PageNofollow, ReasonCode.Noindex, ReasonCode.TargetBroken],
            code => Assert.True(type.IsUrgent(StorageSamples.Reason(code)), WireName.Of(code)));
        Assert.All(
            (ReasonCode[])
            [
                ReasonCode.AnchorChanged, ReasonCode.PlacementChanged, ReasonCode.Hidden, ReasonCode.TargetChanged,
                ReasonCode.CanonicalElsewhere, ReasonCode.GoogleDisallowed, ReasonCode.TargetRedirects,
            ],
            code => Assert.False(type.IsUrgent(StorageSamples.Reason(code)), WireName.Of(code)));
        Assert.False(type.IsUrgent(StorageSamples.Reason(ReasonCode.RelChanged) with { Expected = "sponsored", Found = "follow" }));
        Assert.True((type with { AtOnce = ["rel-changed"] }).IsUrgent(
            StorageSamples.Reason(ReasonCode.RelChanged) with { Expected = "sponsored", Found = "follow" }));
        Assert.Equal(TypeTopics.All.Count, TypeTopics.All.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Nobody_is_surprised_by_nofollow_where_users_write()
    {
        Assert.All(
            (string[])["profile", "forum", "press"], key => Assert.Equal(Expected<RelQualifiers>.Any, BuiltInTypes.Find(key)!.Rel));
        Assert.Equal(Follow, BuiltInTypes.Find("guest-post")!.Rel);
        Assert.All(BuiltInTypes.All, type => Assert.Equal(type.Key, LinkType.KeyOf(type.Name)));
        Assert.All(BuiltInTypes.All, type => Assert.Equal(TypeTopics.Default, type.AtOnce));
    }

    internal static ProjectTypes Types(params LinkType[] types) => ProjectTypes.Of(new RowsRead<LinkType>(types, []));
}
