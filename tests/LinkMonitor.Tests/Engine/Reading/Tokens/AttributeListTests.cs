using System.Globalization;
using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Tests.Engine.Reading.Tokens;

/// <summary>A tag has each attribute once, and no more than we keep.</summary>
public sealed class AttributeListTests
{
    [Theory]
    [InlineData("a A b B", "a b")]
    [InlineData("é É é", "é É")]
    [InlineData("a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 A1 B6 b7 B7", "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7")]
    public void The_first_of_a_name_counts_without_case(string names, string kept)
    {
        var list = Of(names);

        Assert.Equal(kept, string.Join(' ', list.All.ToArray().Select(one => one.Name(names).ToString())));
    }

    [Fact]
    public void More_than_are_kept_is_too_much()
    {
        var names = string.Join(' ', Enumerable.Range(0, AttributeList.Most).Select(i => i.ToString(CultureInfo.InvariantCulture)));

        Assert.False(Of(names + " 1").IsFull);
        Assert.True(Of(names + " x").IsFull);
    }

    private static AttributeList Of(string names)
    {
        var list = new AttributeList();
        var start = 0;
        foreach (var name in names.Split(' '))
        {
            list.Add(names, new AttributeRange(start, start + name.Length, start, start));
            start += name.Length + 1;
        }

        return list;
    }
}
