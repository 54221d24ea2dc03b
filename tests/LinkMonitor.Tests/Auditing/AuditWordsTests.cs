using System.Reflection;
using System.Text.Json;
using LinkMonitor.Auditing;
using LinkMonitor.Channels;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.LinkTypes;
using LinkMonitor.Projects;
using LinkMonitor.SavedViews;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Auditing;

public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("rel", "rel")]
    [InlineData("rel note tags", "rel, note and tags")]
    [InlineData("a b c d e f g h i j", "a, b, c, d, e, f, g, h and 2 more fields")]
    public void Names_are_listed(string names, string words) => Assert.Equal(words, AuditWords.Named(names.Split(' ')));

    [Theory]
    [InlineData("Changed checkEveryMinutes of the project", "Changed minutes between two checks of a page of the project")]
    [InlineData("Changed senderName, logoUrl and rel of the type 'timeZone'",
        "Changed sender name of mails, logo above mails and rel of the type 'timeZone'")]
    [InlineData("Changed recipients and 2 more fields of a channel", "Changed who is told by mail and 2 more fields of a channel")]
    [InlineData("Deleted the type 'senderName'", "Deleted the type 'senderName'")]
    [InlineData("Changed the link", "Changed the link")]
    public void People_read_the_words_of_the_forms(string what, string words) => Assert.Equal(words, AuditWords.Readable(what));

    [Fact]
    public void Every_field_that_can_be_set_has_words()
    {
        Type[] shapes = [
            typeof(ProjectRequest), typeof(LinkRequest), typeof(TypeRequest), typeof(ChannelRequest), typeof(ViewRequest),
            typeof(KeyRequest),
        ];
        var fields = shapes.SelectMany(shape => shape.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Select(field => JsonNamingPolicy.CamelCase.ConvertName(field.Name)).Distinct();

        Assert.DoesNotContain(fields, field => AuditWords.LabelOf(field) is null);
    }
}

public sealed class FieldChangesTests
{
    [Fact]
    public void Only_what_is_another_one_is_named_and_no_value_of_it()
    {
        var before = StorageSamples.Project(new ProjectId("prj_a"));
        var after = before with { Name = "Another", Recipients = [.. before.Recipients], CheckEvery = TimeSpan.FromHours(1) };

        var note = ProjectView.Difference(before, after).Note("of the project", "prj_a");

        Assert.Equal(new AuditNote("Changed name and checkEveryMinutes of the project", "prj_a"), note);
        Assert.Null(ProjectView.Difference(before, before with { Recipients = [.. before.Recipients] }).Note("of the project", "prj_a"));
    }
}
