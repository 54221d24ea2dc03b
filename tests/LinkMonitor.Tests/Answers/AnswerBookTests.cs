using System.Text;
using LinkMonitor.Answers;
using LinkMonitor.Api;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Answers;

/// <summary>
/// <see cref="AnswerBook"/> and <see cref="PageHandOver"/>: what people say and hand over is kept, and nothing else is touched.
/// </summary>
public sealed class AnswerBookTests
{
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;
    private static readonly Author Anna = new("aaaaaaaaaaaa", "Anna");
    private readonly ProjectId _project = ProjectId.New();
    private readonly ManualTimeProvider _clock = new(Noon);
    private IFormerAnswerStore _former = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_changes_nothing_but_itself_and_is_taken_back_whole()
    {
        var (book, links) = await BookAsync();
        var link = await AddAsync(links, "https://blog.example.net/post", CheckOutcome.Blocked);
        await book.KeepAsync(_project, link.Id, StorageSamples.HandedPage, Token);

        var answered = await book.AnswerAsync(_project, link.Id, Draft(fromHandedPage: true), IfMatch.Any, Anna, Token);
        var stored = (await links.GetAsync(_project, link.Id, Token))!;
        var again = await book.AnswerAsync(_project, link.Id, Draft(fromHandedPage: true), IfMatch.Any, Anna, Token);
        var withdrawn = await book.WithdrawAsync(_project, link.Id, IfMatch.Any, Anna, Token);
        var nothing = await book.WithdrawAsync(_project, link.Id, IfMatch.Any, Anna, Token);

        Assert.Equal((AnswerOutcome.Done, AnswerOutcome.NoPage), (answered.Outcome, again.Outcome));
        Assert.Equivalent(link.Status, stored.Status, strict: true);
        Assert.Null(stored.HandedPage);
        Assert.Equivalent(StorageSamples.HandedPage, stored.Answer!.Proof, strict: true);
        Assert.Null(withdrawn.Link!.Answer);
        Assert.NotNull(withdrawn.Link.HandedPage);
        Assert.Equal(AnswerOutcome.NoAnswer, nothing.Outcome);
    }

    [Fact]
    public async Task The_answer_before_stays_among_the_former_ones_and_counts_again_when_the_next_is_undone()
    {
        var (book, links) = await BookAsync();
        var link = await AddAsync(links, "https://blog.example.net/post", CheckOutcome.Blocked);
        var ben = new Author("bbbbbbbbbbbb", "Ben");
        await book.AnswerAsync(_project, link.Id, Draft(), IfMatch.Any, Anna, Token);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var second =
            (await book.AnswerAsync(_project, link.Id, Draft() with { Says = AnswerKind.Gone }, IfMatch.Any, ben, Token)).Link!.Answer!;

        var former = Assert.Single((await _former.ListAsync(_project, link.Id, 10, Token)).Items);
        Assert.Equal((AnswerKind.Seen, Anna, ben, second.At, false), (
            former.Answer.Says, former.Answer.By, former.EndedBy, former.EndedAt, former.IsTakenBack));
        Assert.Equal(AnswerOutcome.Superseded, (await book.UndoAsync(_project, link.Id, former.Answer.At, Anna, Token)).Outcome);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var undone = await book.UndoAsync(_project, link.Id, second.At, ben, Token);

        Assert.Equal((AnswerOutcome.Done, AnswerKind.Seen, Anna), (undone.Outcome, undone.Link!.Answer!.Says, undone.Link.Answer.By));
        former = Assert.Single((await _former.ListAsync(_project, link.Id, 10, Token)).Items);
        Assert.Equal((AnswerKind.Gone, true), (former.Answer.Says, former.IsTakenBack));
        Assert.Equal(AnswerOutcome.Superseded, (await book.UndoAsync(_project, link.Id, second.At, ben, Token)).Outcome);
    }

    [Fact]
    public async Task A_document_that_tells_nothing_does_not_take_the_place_of_one_that_does()
    {
        var (book, links) = await BookAsync();
        var link = await AddAsync(links, "https://blog.example.net/post", CheckOutcome.Blocked);
        var wall = StorageSamples.HandedPage with { State = VerdictState.Unknown, At = Noon.AddMinutes(1) };
        Assert.Equal(AnswerOutcome.Done, (await book.KeepAsync(_project, link.Id, wall, Token)).Outcome);
        Assert.Equal(AnswerOutcome.Done, (await book.KeepAsync(_project, link.Id, StorageSamples.HandedPage, Token)).Outcome);

        Assert.Equal(AnswerOutcome.TellsNothing, (await book.KeepAsync(_project, link.Id, wall, Token)).Outcome);

        Assert.Equal(StorageSamples.HandedPage.State, (await links.GetAsync(_project, link.Id, Token))!.HandedPage!.State);
        Assert.Equal(AnswerOutcome.Done, (await book.ForgetAsync(_project, link.Id, IfMatch.Any, Token)).Outcome);
    }

    [Fact]
    public async Task Nobody_is_asked_where_a_check_can_tell_or_there_is_no_link()
    {
        var (book, links) = await BookAsync();
        var seen = await AddAsync(links, "https://blog.example.net/seen", CheckOutcome.Observed);
        var pending = await AddAsync(links, "https://blog.example.net/new", null);

        Assert.Equal(AnswerOutcome.ChecksCanTell, (await book.AnswerAsync(_project, seen.Id, Draft(), IfMatch.Any, Anna, Token)).Outcome);
        Assert.Equal(
            AnswerOutcome.ChecksCanTell, (await book.AnswerAsync(_project, pending.Id, Draft(), IfMatch.Any, Anna, Token)).Outcome);
        Assert.Equal(
            AnswerOutcome.ChecksCanTell, (await book.KeepAsync(_project, seen.Id, StorageSamples.HandedPage, Token)).Outcome);
        Assert.Equal(
            AnswerOutcome.NoLink, (await book.AnswerAsync(_project, new LinkId("lnk_none"), Draft(), IfMatch.Any, Anna, Token)).Outcome);
    }

    [Fact]
    public async Task A_document_is_for_the_links_of_its_address_or_of_where_the_page_was_last_found()
    {
        var (book, links) = await BookAsync();
        var handOver = new PageHandOver(links, book, _clock);
        var at = await AddAsync(links, "https://blog.example.net/post", CheckOutcome.Blocked);
        var moved = await AddAsync(links, "https://old.example/", CheckOutcome.Blocked, "https://blog.example.net/post");
        await AddAsync(links, "https://blog.example.net/other", CheckOutcome.Blocked);
        await AddAsync(links, "https://www.blog.example.net/post", CheckOutcome.Observed);
        var url = Web.Parse("http://www.blog.example.net/post/");

        var found = await handOver.FindAsync(_project, url, Token);
        var html = "<title>P</title><p>" + string.Concat(Enumerable.Repeat("Light is what a winter needs. ", 40))
            + "<a href='https://example.org/'>our shop</a>";
        var results = await handOver.TakeAsync(
            found, new HandedText(url, Encoding.UTF8.GetBytes(html), true, HandOverWay.Paste), Anna, Token);

        Assert.Equal(
            [.. new[] { at.Id.Value, moved.Id.Value }.Order(StringComparer.Ordinal)],
            found.Select(link => link.Id.Value).Order(StringComparer.Ordinal));
        Assert.All(results, result => Assert.Equal(AnswerOutcome.Done, result.Outcome));
        var page = (await links.GetAsync(_project, at.Id, Token))!.HandedPage!;
        Assert.Equal(
            (VerdictState.Live, HandOverWay.Paste, Anna, Noon, url.Href), (page.State, page.Way, page.By, page.At, page.Url));
        Assert.Empty(await handOver.TakeAsync([], new HandedText(url, default, true, HandOverWay.Paste), Anna, Token));
    }

    [Fact]
    public async Task Links_that_there_was_no_time_for_come_first_the_next_time()
    {
        var (book, links) = await BookAsync();
        var clock = new JumpingClock(PageHandOver.Budget);
        var handOver = new PageHandOver(links, book, clock);
        var url = Web.Parse("https://blog.example.net/post");
        await AddAsync(links, url.Href, CheckOutcome.Blocked);
        await AddAsync(links, "https://old.example/", CheckOutcome.Blocked, url.Href);
        var handed = new HandedText(url, "<p>A page"u8.ToArray(), true, HandOverWay.Paste);

        var first = await handOver.TakeAsync(await handOver.FindAsync(_project, url, Token), handed, Anna, Token);
        var second = await handOver.TakeAsync(await handOver.FindAsync(_project, url, Token), handed, Anna, Token);

        Assert.Single(first);
        Assert.Single(second);
        Assert.NotEqual(first[0].Link!.Id, second[0].Link!.Id);
    }

    /// <summary>Time passes whenever somebody looks at the stopwatch.</summary>
    private sealed class JumpingClock(TimeSpan step) : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Noon;

        public override long GetTimestamp() => _looks++ * step.Ticks;
    }

    private static AnswerDraft Draft(bool fromHandedPage = false) =>
        new(AnswerKind.Seen, "I read it.", TimeSpan.FromDays(30), fromHandedPage);

    private async Task<(AnswerBook Book, ILinkStore Links)> BookAsync()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        _former = storage.Answers;
        return (new AnswerBook(storage.Links, storage.Answers, _clock), storage.Links);
    }

    private async Task<WatchedLink> AddAsync(ILinkStore links, string page, CheckOutcome? look, string? lastFound = null)
    {
        var link = StorageSamples.Link(_project, page);
        var status = look is null ? link.Status : link.Status with
        {
            State = LinkState.Live,
            LastCheckedAt = Noon,
            UnobservedSince = look == CheckOutcome.Observed ? null : Noon.AddDays(-1),
            LastEvidence = StorageSamples.Evidence(Noon) with { Outcome = look },
            Known = lastFound is null ? null : StorageSamples.FullLink(_project).Status.Known! with { FinalUrl = lastFound },
        };
        return (await links.RegisterAsync(link with { Status = status }, Token)).Link;
    }
}
