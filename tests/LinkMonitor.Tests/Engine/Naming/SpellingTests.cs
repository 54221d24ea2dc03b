using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Tests.Engine.Naming;

public sealed class SpellingTests
{
    private static readonly string[] Names = ["guest-post", "editorial", "press", "forum", "state", "sort", "key"];

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("state", "STATE", 0)]
    [InlineData("satte", "state", 1)]
    [InlineData("sate", "state", 1)]
    [InlineData("stade", "state", 1)]
    [InlineData("nix", "press", 5)]
    public void The_distance_is_what_must_be_inserted_removed_replaced_or_swapped(string one, string other, int distance)
    {
        Assert.Equal(distance, Spelling.Distance(one, other));
        Assert.Equal(distance, Spelling.Distance(other, one));
    }

    [Theory]
    [InlineData("nix", null)]
    [InlineData("", null)]
    [InlineData("xyz", null)]
    [InlineData("guest", "guest-post")]
    [InlineData("guestpost", "guest-post")]
    [InlineData("pres", "press")]
    [InlineData("srot", "sort")]
    [InlineData("api_key", "key")]
    public void A_name_is_meant_only_when_it_is_near(string written, string? meant) =>
        Assert.Equal(meant, Spelling.Nearest(written, Names));
}
