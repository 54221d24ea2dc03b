using System.Reflection;
using System.Text.Json.Serialization;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Tests.Storage.Queues;

public sealed class MessageNotesTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    // What the Functions host says of a message, which a property of the same name would hide.
    private static readonly string[] OfTheHost =
        ["Id", "DequeueCount", "ExpirationTime", "InsertionTime", "NextVisibleTime", "PopReceipt", "QueueTrigger", "RetryContext", "sys"];

    [Fact]
    public void Notes_stand_at_the_end_of_a_message_and_come_back()
    {
        var notes = new MessageNotes { Trace = Trace, Due = 1_764_400_000_123 };

        var text = notes.AddTo("""{"v":1,"project":"operator"}""");

        Assert.Equal($$"""{"v":1,"project":"operator","trace":"{{Trace}}","due":1764400000123}""", text);
        Assert.Equal(notes, MessageNotes.Read(text));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_764_400_000_123), notes.DueAt);
        Assert.Equal("operator", QueueMessages.ReadAlertNudge(text).ProjectId);
    }

    [Fact]
    public void Message_without_its_notes_is_the_one_that_was_sent()
    {
        const string Sent = """{"v":1,"project":"prj_日本+\u0022"}""";
        var one = new MessageNotes { Trace = Trace, Due = 1 }.AddTo(Sent);

        Assert.Equal(MessageNotes.Strip(one), MessageNotes.Strip(new MessageNotes { Due = 2 }.AddTo(Sent)));
        Assert.Equal("""{"v":1}""", MessageNotes.Strip(new MessageNotes { Due = 2 }.AddTo("""{"v":1}""")));
        Assert.Equal(Sent, MessageNotes.Strip(Sent));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no check")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("""{"trace":1}""")]
    [InlineData("""{"due":"soon"}""")]
    [InlineData("""{"due":99999999999999999999}""")]
    [InlineData("""{"v":1,"project":"operator"}""")]
    public void Whatever_else_a_message_is_has_no_notes(string? text)
    {
        Assert.Equal(new MessageNotes(), MessageNotes.Read(text));
        if (text is not null)
            Assert.Equal(text, MessageNotes.Strip(text));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Time_out_of_range_is_none(long due) => Assert.Null(MessageNotes.Read($$"""{"due":{{due}}}""").DueAt);

    [Fact]
    public void No_property_of_a_message_is_named_as_the_hosts_metadata()
    {
        Type[] messages = [typeof(MessageNotes), typeof(PageCheckMessage), typeof(AlertNudge)];
        var names = messages.SelectMany(type => type.GetProperties())
            .Select(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name).OfType<string>();

        Assert.Empty(names.Intersect(OfTheHost, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Message_waits_since_it_could_be_received()
    {
        var sent = new DateTimeOffset(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);
        var later = QueueText.Encode(new MessageNotes { Due = sent.AddHours(1).ToUnixTimeMilliseconds() }.AddTo("""{"v":1}"""));

        Assert.Equal(sent.AddHours(1), new WaitingMessage(later, sent).WaitingSince);
        Assert.Equal(sent, new WaitingMessage(QueueText.Encode("""{"v":1}"""), sent).WaitingSince);
        Assert.Equal(sent, new WaitingMessage("%", sent).WaitingSince);
    }
}
