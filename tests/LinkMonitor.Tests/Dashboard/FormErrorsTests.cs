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
}
