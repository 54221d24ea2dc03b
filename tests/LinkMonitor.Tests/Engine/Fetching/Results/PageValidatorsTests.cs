using LinkMonitor.Engine.Fetching.Results;

namespace LinkMonitor.Tests.Engine.Fetching.Results;

public sealed class PageValidatorsTests
{
    private const string Monday = "Mon, 02 Mar 2026 08:00:00 GMT";

    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("W/\"abc-gzip\"")]
    [InlineData("\"\"")]
    [InlineData("\"caf\u00e9,*\"")]
    public void An_entity_tag_of_the_standards_form_is_kept_as_it_came(string tag) =>
        Assert.Equal(new PageValidators { EntityTag = tag }, Of(("ETag", tag)));

    [Theory]
    [InlineData("*")]
    [InlineData("abc")]
    [InlineData("\"abc")]
    [InlineData("w/\"abc\"")]
    [InlineData("\"a\", \"b\"")]
    [InlineData("\"a b\"")]
    [InlineData("")]
    public void Anything_else_is_not_sent_back(string tag) => Assert.Null(Of(("ETag", tag)));

    [Theory]
    [InlineData(PageValidators.Longest, true)]
    [InlineData(PageValidators.Longest + 1, false)]
    public void An_entity_tag_may_have_so_many_characters(int length, bool isKept) =>
        Assert.Equal(isKept, Of(("ETag", $"\"{new string('a', length - 2)}\"")) is not null);

    [Fact]
    public void Two_entity_tags_are_none() => Assert.Null(Of(("ETag", "\"a\""), ("ETag", "\"b\"")));

    [Theory]
    [InlineData("Mon, 02 Mar 2026 07:59:00 GMT", true)]
    [InlineData("Mon, 02 Mar 2026 07:59:01 GMT", false)]
    [InlineData("Mon, 02 Mar 2026 09:00:00 GMT", false)]
    [InlineData("2026-03-01", false)]
    public void A_last_modified_counts_when_it_is_a_minute_older_than_the_answer(string modified, bool isKept) =>
        Assert.Equal(isKept ? modified : null, Of(("Last-Modified", modified), ("Date", Monday))?.LastModified);

    [Fact]
    public void A_last_modified_without_the_answers_date_does_not_count() => Assert.Null(Of(("Last-Modified", Monday)));

    [Theory]
    [InlineData("\"a\"", "W/\"a\"", false)]
    [InlineData("W/\"a\"", "\"a\"", false)]
    [InlineData("\"a\"", "\"b\"", true)]
    [InlineData("\"a\"", null, false)]
    public void A_304_contradicts_by_another_entity_tag_whatever_its_strength(string sent, string? answered, bool isContradicted) =>
        Assert.Equal(
            isContradicted,
            new PageValidators { EntityTag = sent }.IsContradictedBy(Headers(answered is null ? [] : [("ETag", answered)])));

    private static PageValidators? Of(params (string Name, string Value)[] fields) => PageValidators.Of(Headers(fields));

    private static ResponseHeaders Headers(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
