using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <summary>
/// What a person says of a link that no check could tell. It stands beside what checks saw, and changes nothing of that: neither state nor
/// day log nor changes.
/// </summary>
public sealed record HumanAnswer
{
    /// <summary>How long an answer holds, in days, where nobody says.</summary>
    public const int DefaultDays = 30;

    /// <summary>The longest that an answer holds, in days.</summary>
    public const int MaxDays = 365;

    /// <summary>The longest note, in characters.</summary>
    public const int LongestNote = 2_000;

    public required AnswerKind Says { get; init; }

    /// <summary>In the person's own words, at most <see cref="LongestNote"/> characters; null for none.</summary>
    public string? Note { get; init; }

    public required Author By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When it ends by itself; see <see cref="HoldsAt"/>.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The document that the person handed over and answers by; null for an answer by word alone.</summary>
    [JsonIgnore]
    public HandedPage? Proof { get; init; }

    /// <summary>Whether it still counts: its time is not over, and no check could tell by itself since.</summary>
    public bool HoldsAt(LinkStatus status, DateTimeOffset now) => now < Until && !IsSuperseded(status);

    /// <summary>Whether a check could tell by itself since.</summary>
    public bool IsSuperseded(LinkStatus status) => SightOfPeople.IsSuperseded(status, At);
}

/// <summary>What a person sees of a link.</summary>
[JsonConverter(typeof(WireNameJsonConverter<AnswerKind>))]
public enum AnswerKind
{
    /// <summary>"I see it."</summary>
    Seen,

    /// <summary>"It is gone."</summary>
    Gone,
}

/// <summary>
/// What our engine found in a document that a person's own browser showed. It is no check of ours: it only proposes an answer, which a
/// person gives.
/// </summary>
public sealed record HandedPage
{
    /// <summary>Who handed it over.</summary>
    public required Author By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Where the browser was.</summary>
    public required string Url { get; init; }

    public required HandOverWay Way { get; init; }

    /// <summary>What the document says of the link, were it seen by a check.</summary>
    public required VerdictState State { get; init; }

    /// <summary>Why the link is not as expected; empty when it is.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>
    /// The answer that follows from it; null when the document is not the page, so that nothing does. A link to another URL of the site is
    /// not the link.
    /// </summary>
    [JsonIgnore]
    public AnswerKind? Proposes => State switch
    {
        VerdictState.Unknown => null,
        VerdictState.Lost => AnswerKind.Gone,
        _ => Reasons.Any(reason => reason.Code == ReasonCode.TargetChanged) ? AnswerKind.Gone : AnswerKind.Seen,
    };
}

/// <summary>How a document came to us.</summary>
[JsonConverter(typeof(WireNameJsonConverter<HandOverWay>))]
public enum HandOverWay
{
    /// <summary>From the tab itself, by the bookmark.</summary>
    Bookmark,

    /// <summary>As text.</summary>
    Paste,

    /// <summary>As a saved file.</summary>
    File,

    /// <summary>By a program.</summary>
    Api,
}

/// <summary>What people see of a link beside what checks see of it.</summary>
public static class SightOfPeople
{
    /// <summary>Whether the last check of a link could not tell; false before the first.</summary>
    public static bool IsUntold(this LinkStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return StandingRule.IsTold(status) is false;
    }

    /// <summary>Since when checks cannot tell.</summary>
    public static DateTimeOffset UntoldSince(this LinkStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);

        // Without it no check failed but by our own fault.
        return status.UnobservedSince ?? status.LastCheckedAt ?? status.Since;
    }

    /// <summary>The answer that counts now; null for none.</summary>
    public static HumanAnswer? AnswerAt(this WatchedLink link, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.Answer is { } answer && answer.HoldsAt(link.Status, now) ? answer : null;
    }

    /// <summary>The document that was handed over and waits for an answer; null for none, and once a check could tell.</summary>
    public static HandedPage? WaitingPage(this WatchedLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.HandedPage is { } page && !IsSuperseded(link.Status, page.At) ? page : null;
    }

    /// <summary>
    /// Whether a person is asked: the last check could not tell, not by a fault of our own, and nobody has answered.
    /// </summary>
    public static bool NeedsHumanAt(this WatchedLink link, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.Status.IsUntold() && link.Status.LastOutcome != CheckOutcome.OurFault && link.AnswerAt(now) is null;
    }

    internal static bool IsSuperseded(LinkStatus status, DateTimeOffset at) => !status.IsUntold() || status.LastObservedAt > at;
}

/// <summary>An answer of a person that another one took the place of, or that was taken back.</summary>
/// <param name="EndedAt">When that was; of one that was replaced, when the other was given.</param>
/// <param name="EndedBy">Who did it.</param>
/// <param name="IsTakenBack">False when another answer took its place.</param>
public sealed record FormerAnswer(HumanAnswer Answer, DateTimeOffset EndedAt, Author EndedBy, bool IsTakenBack);

/// <summary>What people said of links before: rows beside those of the links, in the <c>Links</c> table.</summary>
public interface IFormerAnswerStore
{
    /// <summary>Keeps an answer before another one takes its place. Keeping it again changes nothing.</summary>
    Task PutAsync(ProjectId projectId, LinkId linkId, FormerAnswer answer, CancellationToken cancellationToken);

    /// <summary>The answers before the last one, the newest first.</summary>
    /// <param name="maxItems">1 to 1,000; the others are left out.</param>
    Task<RowsRead<FormerAnswer>> ListAsync(ProjectId projectId, LinkId linkId, int maxItems, CancellationToken cancellationToken);

    /// <summary>Takes one away that counts again.</summary>
    Task RemoveAsync(ProjectId projectId, LinkId linkId, FormerAnswer answer, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IFormerAnswerStore"/>
internal sealed class TableFormerAnswerStore(StoreTables tables) : IFormerAnswerStore
{
    private const string Prefix = "answer:";
    private const string Answer = "answer";
    private const string Proof = "answerProof";
    private const string EndedAt = "endedAt";
    private const string EndedById = "endedById";
    private const string EndedByName = "endedByName";
    private const string TakenBack = "takenBack";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public Task PutAsync(ProjectId projectId, LinkId linkId, FormerAnswer answer, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(projectId.Value, Key(linkId, answer));
        row[Answer] = JsonSerializer.Serialize(answer.Answer, LinkRowJson.Stored.HumanAnswer);
        row[Proof] = answer.Answer.Proof is { } proof ? LinkRow.Write(proof) : null;
        row[EndedAt] = answer.EndedAt;
        row[EndedById] = answer.EndedBy.Id;
        row[EndedByName] = answer.EndedBy.Name;
        row[TakenBack] = answer.IsTakenBack ? true : null;
        return _table.PutAsync(row, cancellationToken);
    }

    public async Task<RowsRead<FormerAnswer>> ListAsync(
        ProjectId projectId, LinkId linkId, int maxItems, CancellationToken cancellationToken)
    {
        var (answers, setAside) = (new List<FormerAnswer>(), new List<string>());
        var query = new RowQuery(KeyRange.StartingWith(projectId.Value, $"{Prefix}{linkId.Value}:"));
        await foreach (var row in _table.ReadAsync(query, Read, cancellationToken))
        {
            if (row.Item is { } answer)
                answers.Add(answer);
            else
                setAside.Add(row.Key);
            if (answers.Count == maxItems)
                break;
        }

        return new RowsRead<FormerAnswer>(answers, setAside);
    }

    public Task RemoveAsync(ProjectId projectId, LinkId linkId, FormerAnswer answer, CancellationToken cancellationToken) =>
        _table.DeleteAsync(projectId.Value, Key(linkId, answer), Azure.ETag.All, cancellationToken);

    private static string Key(LinkId linkId, FormerAnswer answer) => $"{Prefix}{linkId.Value}:{KeyTime.Descending(answer.EndedAt)}";

    private static FormerAnswer Read(TableEntity row) => new(
        row.Json(Answer, LinkRowJson.Stored.HumanAnswer) with { Proof = row.JsonOrNull(Proof, LinkRowJson.Stored.HandedPage) },
        row.Time(EndedAt), new Author(row.Text(EndedById), row.Text(EndedByName)), row.GetBoolean(TakenBack) ?? false);
}
