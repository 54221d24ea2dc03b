using LinkMonitor.Dashboard;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Links;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Dashboard.Pages;

public sealed class LinkFormTests
{
    [Fact]
    public void A_new_link_says_only_what_was_filled_in() => Assert.Equal(
        """{"page":"https://a.example/","target":"https://b.example/"}""",
        LinkForm.New(Forms.Of(
            ("page", "https://a.example/"), ("target", "https://b.example/"), ("anchor", ""), ("tags", ""), ("terms.costPeriod", "month")))
            .ToJson().ToString());

    [Fact]
    public void A_link_without_a_type_is_not_said_to_follow_one()
    {
        var typed = StorageSamples.FullLink(new ProjectId("prj_a")) with { Type = "guest-post" };

        Assert.DoesNotContain("type says", RelWords(typed with { Type = null }), StringComparison.Ordinal);
        Assert.Contains("as the type says", RelWords(typed), StringComparison.Ordinal);

        static string RelWords(LinkMonitor.Storage.Links.WatchedLink link) => string.Join(
            '|',
            LinkForm.Whole(new FormErrors(), link, ProjectTypes.BuiltIn).Single(field => field.Name == "rel").Choices
                .Select(one => one.Words));
    }

    [Fact]
    public void A_price_brings_what_it_is_for() => Assert.Equal(
        """{"page":"p","terms":{"cost":10,"costPeriod":"month"}}""",
        LinkForm.New(Forms.Of(("page", "p"), ("terms.cost", "10"), ("terms.costPeriod", "month"))).ToJson().ToString());

    [Fact]
    public void A_change_resets_what_was_emptied()
    {
        var json = LinkForm.Change(Forms.Of(("page", "p"), ("target", "t"), ("anchor", ""), ("tags", ""), ("terms.vendor", ""))).ToJson();

        Assert.Equal("null", json.GetProperty("anchor").GetRawText());
        Assert.Equal("[]", json.GetProperty("tags").GetRawText());
        Assert.Equal("null", json.GetProperty("terms").GetProperty("vendor").GetRawText());
    }

    [Fact]
    public void Fields_hold_what_the_link_holds_and_a_rel_that_the_list_lacks_stays()
    {
        var link = StorageSamples.FullLink(new ProjectId("prj_a"));
        link = link with
        {
            Expectation = link.Expectation with { Rel = Expected<RelQualifiers>.Exactly(RelQualifiers.Nofollow | RelQualifiers.Ugc) },
        };
        var fields = LinkForm.Whole(new FormErrors(), link, ProjectTypes.BuiltIn).ToDictionary(field => field.Name, StringComparer.Ordinal);

        Assert.Equal(link.Page.Href, fields["page"].Value);
        Assert.Equal("249.5", fields["terms.cost"].Value);
        Assert.Equal("2026-12-31", fields["terms.end"].Value);
        Assert.Contains(fields["rel"].Choices, choice => choice.Value == fields["rel"].Value);
        Assert.All(
            LinkForm.Whole(new FormErrors(), null, ProjectTypes.BuiltIn),
            field => Assert.True(field.Value is "" or "page" or "term", field.Name));
    }

    [Fact]
    public void What_the_type_says_is_not_saved_as_given_for_the_link()
    {
        var link = LinkTyping.Apply(
            StorageSamples.Link(new ProjectId("prj_a")) with { Type = "guest-post" }, ProjectTypes.BuiltIn);
        var fields = LinkForm.Whole(new FormErrors(), link, ProjectTypes.BuiltIn).ToDictionary(field => field.Name, StringComparer.Ordinal);

        Assert.Equal(("guest-post", "", ""), (fields["type"].Value, fields["rel"].Value, fields["anchor"].Value));
        Assert.Contains(("guest-post", "Guest post"), fields["type"].Choices);
        Assert.NotEqual(LinkVersion.Of(link), LinkVersion.Of(link with { Type = "forum" }));
        var gone = LinkForm.Whole(new FormErrors(), link with { Type = "gone" }, ProjectTypes.BuiltIn);
        Assert.Contains(("gone", "gone"), gone.Single(field => field.Name == "type").Choices);
    }
}
