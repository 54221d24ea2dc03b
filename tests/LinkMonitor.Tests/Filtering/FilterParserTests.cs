using LinkMonitor.Filtering;

namespace LinkMonitor.Tests.Filtering;

public sealed class FilterParserTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  \t ", "")]
    [InlineData("state:lost", "state:lost")]
    [InlineData("STATE:Lost,Changed,lost", "state:lost,changed")]
    [InlineData("-tag:old", "-tag:old")]
    [InlineData("vendor:\"Acme Media\"", "vendor:\"Acme Media\"")]
    [InlineData("vendor:Acme", "vendor:Acme")]
    [InlineData("tag:\"a,b\",c", "tag:\"a,b\",c")]
    [InlineData("host:*.Example.COM", "host:*.example.com")]
    [InlineData("host:grün.example", "host:xn--grn-ioa.example")]
    [InlineData("host:www.example.com.", "host:www.example.com")]
    [InlineData("cost:>100", "cost:>100")]
    [InlineData("cost:\">= 99.50\"", "cost:>=99.5")]
    [InlineData("currency:eur", "currency:EUR")]
    [InlineData("ends:<30d", "ends:<30d")]
    [InlineData("ends:30D", "ends:30d")]
    [InlineData("ends:<=2026-12-31", "ends:<=2026-12-31")]
    [InlineData("seen:>7d", "seen:>7d")]
    [InlineData("since:>36h", "since:>36h")]
    [InlineData("rel:sponsored", "rel:sponsored")]
    [InlineData("observation:unseen", "observation:unseen")]
    [InlineData("muted:no", "muted:no")]
    [InlineData("text", "text")]
    [InlineData("\"some text\"", "\"some text\"")]
    [InlineData("-\"some text\"", "-\"some text\"")]
    [InlineData("\"a \\\"b\\\" \\\\ c\"", "\"a \\\"b\\\" \\\\ c\"")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("-", "\"-\"")]
    [InlineData("--x", "-\"-x\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("https://example.org/a?b=c,d", "\"https://example.org/a?b=c,d\"")]
    [InlineData("\"state:lost\"", "\"state:lost\"")]
    [InlineData("a a -a a", "a -a")]
    [InlineData("tag:\"\"", "-has:tag")]
    [InlineData("-tag:\"\"", "has:tag")]
    [InlineData("-has:vendor", "-has:vendor")]
    [InlineData("sort:-since state:lost", "state:lost sort:-since")]
    [InlineData("Sort:ENDS", "sort:ends")]
    public void Line_is_read_to_its_canonical_spelling(string line, string canonical)
    {
        var reading = FilterParser.Read(line);

        Assert.Empty(reading.Problems);
        Assert.Equal(canonical, reading.Line!.Text);
        Assert.Equal(reading.Line, FilterParser.Read(canonical).Line);
        Assert.Equal(canonical, FilterParser.Read(canonical).Line!.Text);
    }

    [Theory]
    [InlineData("hots:a", 0, 6, "There is no key 'hots'. Did you mean host?")]
    [InlineData("x satte:lost", 2, 10, "Did you mean state?")]
    [InlineData("srot:since", 0, 10, "Did you mean sort?")]
    [InlineData("state:gone", 6, 4, "'gone' is not one of pending, live, changed, lost, not-found, unreachable.")]
    [InlineData("state:lost,gone", 11, 4, "'gone' is not one of")]
    [InlineData("cost:cheap", 5, 5, "Write a number of up to 999999999")]
    [InlineData("cost:>-1", 5, 3, "'>-1' is no amount")]
    [InlineData("ends:soon", 5, 4, "'soon' is no time. Write a number with one of d, w, y")]
    [InlineData("ends:<36h", 5, 4, "one of d, w, y after < or >")]
    [InlineData("seen:7d", 5, 2, "Write < or > before 7d, for example >7d for longer ago.")]
    [InlineData("seen:>2026-02-30", 5, 11, "is no time")]
    [InlineData("seen:>99999d", 5, 7, "At most 36500 days")]
    [InlineData("seen:>101y", 5, 5, "At most 36500 days")]
    [InlineData("muted:perhaps", 6, 7, "not one of yes, no")]
    [InlineData("has:wings", 4, 5, "not one of tag, type,")]
    [InlineData("host:https://example.com/", 5, 20, "is no host")]
    [InlineData("host:\"a b\"", 5, 5, "is no host")]
    [InlineData("tag:", 4, 0, "Write a value after tag:, for example tag:\"spring sale\", or -has:tag for links without one.")]
    [InlineData("page:", 5, 0, "Write a value after page:, for example page:/blog/.")]
    [InlineData("tag:a,,b", 6, 0, "Write a value")]
    [InlineData("page:\"\"", 5, 0, "Write a value")]
    [InlineData("\"\"", 0, 0, "There is nothing between the quotes.")]
    [InlineData("a \"b c", 2, 4, "A quote has no end.")]
    [InlineData("sort:size", 0, 9, "'size' is no order. Write one of page, host,")]
    [InlineData("sort:--since", 0, 12, "is no order")]
    [InlineData("-sort:since", 0, 11, "Write sort:-since for the reverse order.")]
    [InlineData("sort:since sort:page", 11, 9, "The order is given twice.")]
    public void What_is_wrong_is_named_with_its_place_and_what_is_allowed(string line, int at, int length, string words)
    {
        var reading = FilterParser.Read(line);

        var problem = Assert.Single(reading.Problems);
        Assert.Null(reading.Line);
        Assert.Equal((at, length), (problem.At, problem.Length));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith($"At {at + 1}: ", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_from_left_to_right()
    {
        var problems = FilterParser.Read("state:gone hots:a tag:b cost:x,y sort:size \"open").Problems;

        Assert.Equal([6, 11, 29, 31, 33, 43], problems.Select(problem => problem.At));
    }

    [Fact]
    public void A_line_has_bounds()
    {
        var most = string.Join(' ', Enumerable.Range(0, FilterParser.MaxTerms).Select(number => $"tag:{number}"));
        var values = string.Join(',', Enumerable.Range(0, FilterParser.MaxValues).Select(number => $"t{number}"));

        Assert.NotNull(FilterParser.Read(most).Line);
        Assert.Contains("At most 30 terms.", Assert.Single(FilterParser.Read(most + " x y z").Problems).Message, StringComparison.Ordinal);
        Assert.NotNull(FilterParser.Read($"tag:{values}").Line);
        Assert.Contains("At most 20 values; there are 21.", Assert.Single(FilterParser.Read($"tag:{values},u").Problems).Message,
            StringComparison.Ordinal);
        Assert.NotNull(FilterParser.Read(new string('x', 300)).Line);
        Assert.Contains("At most 300", Assert.Single(FilterParser.Read(new string('x', 301)).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("At most 1000", Assert.Single(FilterParser.Read(new string(' ', 1_001)).Problems).Message,
            StringComparison.Ordinal);
        Assert.Contains("U+FFFE", Assert.Single(FilterParser.Read("tag:\uFFFE").Problems).Message, StringComparison.Ordinal);
    }

    /// <summary>Texts of all kinds of characters, put into lines by us, come back as they were.</summary>
    [Fact]
    public void Any_terms_are_read_back_from_their_text()
    {
        var random = new Random(17);
        for (var round = 0; round < 2_000; round++)
        {
            var terms = Enumerable.Range(0, random.Next(1, 6)).Select(_ => RandomTerm(random));
            var order = random.Next(3) == 0 ? new LinkOrder(Pick(random, Enum.GetValues<LinkSort>()), random.Next(2) == 0) : null;
            var line = FilterLine.Of(terms, order);

            var read = FilterParser.Read(line.Text);

            Assert.True(read.Line is not null, $"{line.Text}: {string.Join(' ', read.Problems)}");
            Assert.Equal(line.Text, read.Line.Text);
            Assert.Equal(
                line.Terms.Select(term => (term.Key, term.IsNegated, string.Join('\0', term.Values.Select(value => value.Text)))),
                read.Line.Terms.Select(term => (term.Key, term.IsNegated, string.Join('\0', term.Values.Select(value => value.Text)))));
        }
    }

    /// <summary>Whatever somebody types, it is read or refused; what is read has a canonical spelling that stays.</summary>
    [Fact]
    public void Any_line_is_read_or_refused_within_it()
    {
        var random = new Random(18);
        string[] pieces =
        [
            "state", "host", "tag", "cost", "sort", "has", ":", "\"", "\\", ",", "-", " ", ">", "<=", "7d", "lost", "a", "日本", "*", ".",
            "2026-01-31", "//", "\u00a0", "🎉", "=",
        ];
        for (var round = 0; round < 5_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pick(random, pieces)));

            var reading = FilterParser.Read(text);

            Assert.Equal(reading.Line is null, reading.Problems.Count > 0);
            Assert.All(reading.Problems, problem => Assert.InRange(problem.At + problem.Length, problem.At, text.Length));
            if (reading.Line is { } line)
                Assert.Equal(line.Text, FilterParser.Read(line.Text).Line?.Text);
        }
    }

    private static FilterTerm RandomTerm(Random random)
    {
        var key = Pick(random, [FilterBy.Text, FilterBy.Tag, FilterBy.Vendor, FilterBy.Page, .. FilterBy.All]);
        var value = key.Names.Count > 0 ? Pick(random, [.. key.Names])
            : key == FilterBy.Host ? Pick(random, ["example.com", "*.example.com", "a*b.example"])
            : key == FilterBy.Cost ? Pick(random, ["100", ">99.95", "<=0"])
            : key.Example.Contains('<', StringComparison.Ordinal) || key.Example.Contains('>', StringComparison.Ordinal)
                ? Pick(random, ["<7d", ">=2w", ">2026-01-31", "<=1y"])
            : key == FilterBy.Currency ? "EUR"
            : string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Pick(
                random, ["a", "\"", "\\", ",", ":", "-", " ", ">", "日", "🎉", "\t", "x", "sort:", "//"])));
        return FilterTerm.Of(key, value, random.Next(3) == 0);
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
