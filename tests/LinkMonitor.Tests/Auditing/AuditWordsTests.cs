using LinkMonitor.Auditing;
using LinkMonitor.Projects;
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
