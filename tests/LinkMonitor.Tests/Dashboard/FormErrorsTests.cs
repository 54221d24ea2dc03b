using LinkMonitor.Dashboard;
using LinkMonitor.Tests.Support;
using LinkMonitor.Views;

namespace LinkMonitor.Tests.Dashboard;

public sealed class FormErrorsTests
{
    private static readonly Dictionary<string, string[]> Told = new(StringComparer.Ordinal)
    {
        ["name"] = ["It is too long."],
        ["tags[1]"] = ["It is empty."],
        ["tags[2]"] = ["It is there twice."],
        ["state"] = ["It is unknown."],
    };

    [Fact]
    public void A_form_that_nobody_filled_in_shows_what_there_is_and_no_error()
    {
        var field = new FormErrors().Field("name", "Name", "Acme", "Help.");

        Assert.Equal(("Acme", null, "Help.", 200), (field.Value, field.Error, field.Help, new FormErrors().Status));
    }

    [Fact]
    public void What_was_typed_is_shown_with_what_is_wrong_with_it_and_with_its_items()
    {
        var errors = FormErrors.Of(Told, Forms.Of(("name", "typed"), ("tags", "a,,b,b")));
        Field[] fields = [errors.Field("name", "Name", "stored"), errors.Field("tags", "Tags"), errors.Field("note", "Note", "stored")];

        Assert.Equal(["typed", "a,,b,b", ""], fields.Select(field => field.Value));
        Assert.Equal(["It is too long.", "It is empty. It is there twice.", null], fields.Select(field => field.Error));
        Assert.Equal(["It is unknown."], errors.Others(fields));
        Assert.Equal(422, errors.Status);
    }

    /// <summary>
    /// Drawn over "Old", sent with what somebody typed or left, while somebody else stored "Theirs" (<see cref="DrawnFields"/>).
    /// </summary>
    [Theory]
    [InlineData("Old", "Theirs", null, " Changed meanwhile, and not by you: Name.")]
    [InlineData("Mine", "Mine", "Theirs", "")]
    [InlineData("Theirs", "Theirs", null, "")]
    public void Only_what_somebody_touched_is_theirs_over_something_that_has_changed(string sent, string shown, string? beside, string told)
    {
        var drawn = DrawnFields.Of([new FormErrors().Named("name", "Old"), new FormErrors().Named("note", "a\nb")]);
        var errors = FormErrors.Stale(Forms.Of(("name", sent), ("note", "a\r\nb"), (DrawnFields.Name, drawn)));

        var (name, note) = (errors.Named("name", "Theirs"), errors.Named("note", "a\nb"));

        Assert.Equal((shown, beside), (name.Value, name.Stored));
        Assert.Equal(("a\nb", null), (note.Value, note.Stored));
        Assert.Equal([DashboardForm.StaleWords + told], errors.Others([name, note]));
        Assert.Equal(new FormVersion("v2", null, DrawnFields.Of([name, note])), errors.Over("v2", [name, note]));
    }

    [Fact]
    public void A_form_that_is_only_wrong_keeps_what_it_was_drawn_with()
    {
        var errors = FormErrors.Of(Told, Forms.Of(("name", "typed"), ("shown", "v1"), (DrawnFields.Name, "name:abc")));

        Assert.Equal(new FormVersion("v2", "v1", "name:abc"), errors.Over("v2", [errors.Named("name", "Theirs")]));
    }

    [Fact]
    public void A_form_that_does_not_say_what_it_was_drawn_with_counts_as_touched() => Assert.Equal(
        ("Old", "Theirs"),
        FormErrors.Stale(Forms.Of(("name", "Old"))).Named("name", "Theirs") is { } field ? (field.Value, field.Stored) : default);
}
