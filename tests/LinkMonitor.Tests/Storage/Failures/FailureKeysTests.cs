using LinkMonitor.Storage.Failures;

namespace LinkMonitor.Tests.Storage.Failures;

public sealed class FailureKeysTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_have_these_keys()
    {
        var id = FailureKeys.Id(Time, "{}");

        Assert.Equal("2516070383999999999-iqjw7i2vwntyuekgvulpp2det2", id);
        Assert.Equal("failed:2516070383999999999-iqjw7i2vwntyuekgvulpp2det2", FailureKeys.Failed(id));
        Assert.Equal("note:iqjw7i2vwntyuekgvulpp2det2", FailureKeys.Note("{}"));
    }

    [Fact]
    public void The_note_of_an_identity_is_the_note_of_its_text() =>
        Assert.Equal(FailureKeys.Note("{}"), FailureKeys.NoteOfId(FailureKeys.Id(Time, "{}")));

    [Theory]
    [InlineData("", false)]
    [InlineData("short", false)]
    [InlineData("2516070383999999999-iqjw7i2vwntyuekgvulpp2det2", true)]
    [InlineData("2516070383999999999-iqjw7i2vwntyuekgvulpp2de/2", false)]
    public void Only_what_could_be_an_identity_is_one(string text, bool expected) => Assert.Equal(expected, FailureKeys.IsId(text));
}
