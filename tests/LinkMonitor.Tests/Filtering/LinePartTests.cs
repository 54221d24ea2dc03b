using LinkMonitor.Filtering;

namespace LinkMonitor.Tests.Filtering;

/// <summary>How a line falls into <see cref="LinePart"/>s with the values (<see cref="WrittenPart"/>) that each has.</summary>
public sealed class LinePartTests
{
    [Theory]
    [InlineData("a  b", "0:a|3:b")]
    [InlineData("-key:a,\"b c\",d", "0:-key=a/b c/d")]
    [InlineData("a,b", "0:a,b")]
    [InlineData("x-y:z -: :a 1:2", "0:x-y=z|6:-:|9::a|12:1:2")]
    [InlineData("http://a http:a", "0:http://a|9:http=a")]
    [InlineData("page://a", "0:page=//a")]
    [InlineData("a\"b c\"d", "0:ab cd")]
    [InlineData("\"a\\\"\\\\\\n\"", "0:a\"\\\\n")]
    public void A_line_falls_into_parts(string line, string expected)
    {
        List<FilterProblem> problems = [];

        var parts = LinePart.Split(line, problems).Select(part =>
            $"{part.At}:{(part.IsNegated ? "-" : "")}{(part.Key is null ? "" : part.Key + "=")}"
                + string.Join('/', part.Values.Select(value => value.Text)));

        Assert.Equal(expected, string.Join('|', parts));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("a \"b", 2)]
    [InlineData("tag:x,\"b\\\"", 0)]
    public void A_quote_without_an_end_ends_the_line(string line, int at)
    {
        List<FilterProblem> problems = [];

        Assert.All(LinePart.Split(line, problems), part => Assert.True(part.At < at));
        Assert.Equal((at, line.Length - at), (problems[0].At, problems[0].Length));
    }
}
