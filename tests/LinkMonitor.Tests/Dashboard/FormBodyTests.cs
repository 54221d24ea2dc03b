using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Dashboard;
using LinkMonitor.Links;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Dashboard;

public sealed class FormBodyTests
{
    [Fact]
    public void Texts_that_are_empty_are_left_out_reset_or_kept_as_asked() => Assert.Equal(
        """{"b":null,"c":"","d":"x"}""",
        new FormBody(Forms.Of(("a", " "), ("b", ""), ("c", ""), ("d", " x "))).Text("a")
            .TextOrNull("b")
            .AnyText("c")
            .Text("d")
            .ToJson()
            .ToString());

    [Fact]
    public void A_number_that_is_none_goes_on_as_text_for_the_reader_to_refuse() => Assert.Equal(
        """{"cost":12.50,"price":"12,5","rate":"a lot","none":null}""",
        new FormBody(Forms.Of(("cost", "12.50"), ("price", "12,5"), ("rate", "a lot"), ("none", "")))
            .Number("cost").Number("price").Number("rate").Number("left").NumberOrNull("none").ToJson().ToString());

    [Theory]
    [InlineData("1.200", "EUR", "\"1.200\"")]
    [InlineData("120.000", "", "\"120.000\"")]
    [InlineData("1.200", "KWD", "1.200")]
    [InlineData("0.125", "", "0.125")]
    [InlineData("1200.5", "EUR", "1200.5")]
    [InlineData("1.20", "EUR", "1.20")]
    public void A_number_that_half_of_the_world_reads_as_thousands_is_not_guessed(string text, string currency, string json) =>
        Assert.Equal(
        "{\"terms\":{\"cost\":" + json + "}}",
        new FormBody(Forms.Of(("terms.cost", text), ("terms.currency", currency))).Number("terms.cost").ToJson().ToString());

    [Fact]
    public void A_list_has_lines_or_commas_and_nothing_empty() => Assert.Equal(
        """{"tags":["a","b c","d"],"none":[]}""",
        new FormBody(Forms.Of(("tags", " a,, b c\r\n\r\nd ,"))).List("tags").List("none").ToJson().ToString());

    [Fact]
    public void A_name_with_a_dot_is_a_path() => Assert.Equal(
        """{"terms":{"vendor":"Acme","end":null},"muted":true,"held":false,"digest":{"at":"08:00"},"a":{"b":{"c":1,"d":""}}}""",
        new FormBody(Forms.Of(("terms.vendor", "Acme"), ("muted", "on"), ("a.b.c", "1"), ("a.b.d", ""))).Text("terms.vendor")
            .TextOrNull("terms.end").Flag("muted").Flag("held").Value("digest.at", "08:00").NeededNumber("a.b.c").NeededNumber("a.b.d")
            .ToJson().ToString());

    [Fact]
    public void What_cannot_be_empty_goes_on_empty_for_the_reader_to_refuse() => Assert.Equal(
        """{"zone":"","minutes":"","hours":60}""",
        new FormBody(Forms.Of(("zone", " "), ("minutes", ""), ("hours", "60"))).Needed("zone").Needed("left")
            .NeededNumber("minutes").NeededNumber("hours").NeededNumber("left").ToJson().ToString());

    [Fact]
    public void Yes_and_no_are_told_and_all_else_goes_on_as_text_for_the_reader_to_refuse() => Assert.Equal(
        """{"a":true,"b":false,"c":"zz","d":null}""",
        new FormBody(Forms.Of(("a", "yes"), ("b", "no"), ("c", "zz"), ("d", ""))).YesNo("a").YesNo("b").YesNo("c").YesNoOrNull("d")
            .YesNo("d").ToJson().ToString());

    [Theory]
    [InlineData("terms.cost", "1e3", "the text '1e3'")]
    [InlineData("terms.cost", "1.200", "the text '1.200'")]
    [InlineData("terms.cost", "NaN", "the text 'NaN'")]
    public void A_price_that_is_no_plain_number_is_refused_by_its_reader(string field, string typed, string told)
    {
        var errors = new FieldErrors();
        Body<LinkRequest>.Read(new FormBody(Forms.Of((field, typed))).Number(field).ToJson(), errors);

        Assert.Equal(
            $"It must be a number with a point before its decimals, for example 1200.50; this is {told}.",
            Assert.Single(errors.ToDictionary()[field]));
    }
}
