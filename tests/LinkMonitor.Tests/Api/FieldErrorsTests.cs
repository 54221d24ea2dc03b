using LinkMonitor.Api;

namespace LinkMonitor.Tests.Api;

public sealed class FieldErrorsTests
{
    [Fact]
    public void What_is_beyond_the_bound_is_counted_not_lost()
    {
        var errors = new FieldErrors();
        for (var field = 0; field < FieldErrors.MaxFields + 7; field++)
            errors.Add($"links[{field:d4}]", "It must be text; this is null.");
        errors.Add("links[0000]", "Another thing.");

        var told = errors.ToDictionary();

        Assert.Equal(FieldErrors.MaxFields + 1, told.Count);
        Assert.Equal(["7 more errors. Fix these first."], told["$"]);
        Assert.Equal(2, told["links[0000]"].Length);
    }

    [Theory]
    [InlineData("links", false)]
    [InlineData("links[1]", false)]
    [InlineData("links.a", false)]
    [InlineData("linksome", true)]
    [InlineData("link", true)]
    public void A_field_in_which_something_cannot_be_read_is_not_missing(string told, bool isMissing)
    {
        var errors = new FieldErrors();
        errors.AddUnreadable(told, "It must be text; this is null.");

        errors.AddIfNone("links", "There are none.");

        Assert.Equal(isMissing, errors.ToDictionary().TryGetValue("links", out var messages) && messages.Contains("There are none."));
    }
}
