using LinkMonitor.Answers;
using LinkMonitor.Api;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Answers;

/// <summary>What an answer must be.</summary>
public sealed class AnswerDraftTests
{
    private static readonly Author Anna = new("aaaaaaaaaaaa", "Anna");

    [Fact]
    public void An_answer_holds_30_days_unless_it_says_otherwise()
    {
        var plain = AnswerDraft.Read(new() { Says = "seen", Note = " " }, new FieldErrors())!.By(Anna, StorageSamples.Noon);
        var longest = AnswerDraft.Read(new() { Says = "GONE", Note = "x", Days = 365 }, new FieldErrors())!.By(Anna, StorageSamples.Noon);

        Assert.Equal((AnswerKind.Seen, null, StorageSamples.Noon.AddDays(30)), (plain.Says, plain.Note, plain.Until));
        Assert.Equal((AnswerKind.Gone, "x", StorageSamples.Noon.AddDays(365)), (longest.Says, longest.Note, longest.Until));
        Assert.Equal((Anna, StorageSamples.Noon), (longest.By, longest.At));
    }

    [Theory]
    [InlineData(null, null, null, "says")]
    [InlineData("perhaps", null, null, "says")]
    [InlineData("seen", "\uFFFE", null, "note")]
    [InlineData("seen", null, 0, "days")]
    [InlineData("seen", null, 366, "days")]
    public void What_is_wrong_is_told_by_field(string? says, string? note, int? days, string field)
    {
        var errors = new FieldErrors();

        Assert.Null(AnswerDraft.Read(new AnswerRequest { Says = says, Note = note, Days = days }, errors));
        Assert.Equal([field], errors.ToDictionary().Keys);
    }

    [Fact]
    public void A_note_has_a_length()
    {
        var errors = new FieldErrors();

        Assert.NotNull(AnswerDraft.Read(new() { Says = "seen", Note = new string('x', 2_000) }, errors));
        Assert.Null(AnswerDraft.Read(new() { Says = "seen", Note = new string('x', 2_001) }, errors));
    }
}
