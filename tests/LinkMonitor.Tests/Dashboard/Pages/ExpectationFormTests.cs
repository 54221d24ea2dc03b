using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Dashboard;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Links;
using LinkMonitor.Links;
using LinkMonitor.Tests.Support;
using LinkMonitor.Views;

namespace LinkMonitor.Tests.Dashboard.Pages;

public sealed class ExpectationFormTests
{
    private static readonly ExpectedLook AsFirstSeen = new(default, default, default, default);

    private static readonly ExpectedLook Named = new(
        Expected<RelQualifiers>.Exactly(RelQualifiers.None), Expected<string>.Exactly("a lamp"),
        Expected<Placement>.Exactly(Placement.Main), Expected<bool>.Exactly(true));

    private static readonly ExpectedLook Any = new(
        Expected<RelQualifiers>.Any, Expected<string>.Any, Expected<Placement>.Any, Expected<bool>.Any);

    [Fact]
    public void What_is_shown_and_saved_again_is_what_it_was()
    {
        Assert.Equal(
            """{"rel":null,"anchor":null,"placement":null,"indexable":null,"ignore":[]}""", SavedAgain(AsFirstSeen));
        Assert.Equal(
            """{"rel":"follow","anchor":"a lamp","placement":"main","indexable":true,"ignore":[]}""", SavedAgain(Named));
        Assert.Equal("""{"rel":"any","ignore":["anchor","placement","indexable"]}""", SavedAgain(Any));
        Assert.Contains(
            "\"anchor\":\"\",", SavedAgain(AsFirstSeen with { Anchor = Expected<string>.Exactly("") }), StringComparison.Ordinal);
        Assert.Contains(
            "\"rel\":\"nofollow ugc\"",
            SavedAgain(AsFirstSeen with { Rel = Expected<RelQualifiers>.Exactly(RelQualifiers.Nofollow | RelQualifiers.Ugc) }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_empty_is_left_out_of_something_new() => Assert.Equal(
        """{"anchor":"x","ignore":["placement"]}""",
        Read(resets: false, ("rel", ""), ("anchor", "x"), ("placement", "any"), ("indexable", "")));

    [Theory]
    [InlineData("anchorIs", "zz")]
    [InlineData("placement", "zz")]
    [InlineData("indexable", "zz")]
    public void A_choice_that_there_is_none_of_is_refused_and_named(string field, string value)
    {
        var errors = new FieldErrors();
        var form = Forms.Of((field, value));
        var body = Body<LinkRequest>.Read(ExpectationForm.Read(new FormBody(form), form, resets: true).ToJson(), errors);
        _ = errors.ReadName<Placement>("placement", body.Value.Placement);
        var unknown = body.Value.Ignore?.Contains("zz") is true;

        Assert.True(unknown || errors.ToDictionary()[field].Single().Contains("'zz'", StringComparison.Ordinal));
    }

    private static string SavedAgain(ExpectedLook look)
    {
        var fields = ExpectationForm.Fields(new FormErrors(), look, "as first seen");
        Assert.All(
            fields.Where(field => field.Type == "select"), field => Assert.Contains(field.Choices, one => one.Value == field.Value));
        return Read(resets: true, [.. fields.Select(field => (field.Name, field.Value))]);
    }

    private static string Read(bool resets, params (string, string)[] typed)
    {
        var form = Forms.Of(typed);
        return ExpectationForm.Read(new FormBody(form), form, resets).ToJson().ToString();
    }
}

public sealed class FieldSaidTests
{
    [Fact]
    public void Who_only_reads_sees_the_words_of_a_choice_and_lines_in_one()
    {
        Assert.Equal("are left alone", new Field("a", "A", "yes", Type: "select") { Choices = [("yes", "are left alone")] }.Said);
        Assert.Equal("zz", new Field("a", "A", "zz", Type: "select").Said);
        Assert.Equal("a@example.org, b@example.org", new Field("a", "A", "a@example.org\nb@example.org\n", Type: "textarea").Said);
    }
}
