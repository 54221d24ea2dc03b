using System.Globalization;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class QueryFilterTests
{
    [Fact]
    public void Every_type_has_the_literal_of_its_edm_type()
    {
        var moment = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)).AddTicks(7);
        var id = Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff");

        Assert.Equal("A eq 'x' or B eq 'y'", TableClient.CreateQueryFilter($"A eq {"x"} or B eq {'y'}"));
        Assert.Equal("A eq -1 and B eq 5L", TableClient.CreateQueryFilter($"A eq {-1} and B eq {5L}"));
        Assert.Equal("A eq true or A eq false", TableClient.CreateQueryFilter($"A eq {true} or A eq {false}"));
        Assert.Equal("A gt datetime'2026-02-03T02:05:06.0000007Z'", TableClient.CreateQueryFilter($"A gt {moment}"));
        Assert.Equal("A eq guid'6f9619ff-8b86-d011-b42d-00cf4fc964ff'", TableClient.CreateQueryFilter($"A eq {id}"));
        Assert.Equal("A eq X'00FF'", TableClient.CreateQueryFilter($"A eq {new byte[] { 0, 255 }}"));
    }

    [Theory]
    [InlineData(5d, "5.0")]
    [InlineData(0.1d, "0.1")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "INF")]
    [InlineData(double.NegativeInfinity, "-INF")]
    public void A_double_never_reads_as_an_integer(double value, string literal) =>
        Assert.Equal($"A eq {literal}", TableClient.CreateQueryFilter($"A eq {value}"));

    [Theory]
    [InlineData("' or PartitionKey ne '", "A eq ''' or PartitionKey ne '''")]
    [InlineData("it's {0}", "A eq 'it''s {0}'")]
    [InlineData("", "A eq ''")]
    public void Text_cannot_leave_its_quotes(string value, string filter) =>
        Assert.Equal(filter, TableClient.CreateQueryFilter($"A eq {value}"));

    [Fact]
    public void The_culture_of_the_machine_does_not_count()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("A eq 0.5 or A eq -1", TableClient.CreateQueryFilter($"A eq {0.5d} or A eq {-1}"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_value_without_a_literal_is_refused_by_its_position()
    {
        var missing = Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {1} and B eq {(string?)null}"));
        var foreign = Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {1.5m}"));

        Assert.Contains("Value 1", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Decimal", foreign.Message, StringComparison.Ordinal);
    }
}
