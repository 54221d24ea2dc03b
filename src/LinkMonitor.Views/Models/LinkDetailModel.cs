namespace LinkMonitor.Views;

/// <summary>One link with everything that is known of it.</summary>
public sealed record LinkDetailModel
{
    public required Frame Frame { get; init; }

    public required LinkLine Link { get; init; }

    /// <summary>Why it is in its state, and what to do.</summary>
    public required IReadOnlyList<ReasonLine> Reasons { get; init; }

    /// <summary>What is seen but not confirmed yet, a sentence each.</summary>
    public required IReadOnlyList<string> Suspicions { get; init; }

    public required LinkProgress Live { get; init; }

    /// <summary>What people see of it; null where nobody was ever asked.</summary>
    public AnswerModel? Answer { get; init; }

    /// <summary>What is expected beside what was found.</summary>
    public required IReadOnlyList<ComparedLine> Expected { get; init; }

    public required IReadOnlyList<StepLine> Steps { get; init; }

    /// <summary>The state that the deciding step speaks for, by itself: what one check says, before it is confirmed.</summary>
    public required string Verdict { get; init; }

    /// <summary>The page of the standard or search engine behind the verdict; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>The evidence of the last check, beside that of the last one that saw the link.</summary>
    public required EvidenceModel? Evidence { get; init; }

    /// <summary>The name of its type; null for none.</summary>
    public string? Type { get; init; }

    /// <summary>All that is wrong is on the side of the target.</summary>
    public bool IsOwnSideOnly { get; init; }

    /// <summary>One mark for each of the last 90 days, the oldest first.</summary>
    public required IReadOnlyList<DayLine> Days { get; init; }

    public required IReadOnlyList<TimelineLine> Timeline { get; init; }

    /// <summary>What was agreed; empty for nothing.</summary>
    public required IReadOnlyList<FactLine> Terms { get; init; }

    public string? Note { get; init; }

    /// <summary>What other tools say of it.</summary>
    public IReadOnlyList<VendorLine> VendorNotes { get; init; } = [];

    public DraftModel? Draft { get; init; }

    /// <summary>The link in whose place it is; null for none.</summary>
    public OtherLink? Replaces { get; init; }

    /// <summary>Its case, or the way to open one.</summary>
    public required LinkCaseModel Case { get; init; }

    /// <summary>Another page that carries the link; null for none.</summary>
    public MovedPage? SuggestedPage { get; init; }

    /// <summary>The page's own page in the dashboard.</summary>
    public required string PagePath { get; init; }
}

/// <summary>The part of a link's page that follows a check.</summary>
/// <param name="IsWaiting">A check was asked for and is not done.</param>
/// <param name="Path">Where the part is had again.</param>
/// <param name="Checked">The last check; null before the first.</param>
/// <param name="Said">What the last check says; empty where that stands below.</param>
/// <param name="Next">When the next one is due; null when it is its host's turn.</param>
public sealed record LinkProgress(string State, Moment Since, Moment? Checked, string Said, Moment? Next, bool IsWaiting, string Path)
{
    /// <summary>Why the last check could not tell, in a word or two; null when it could.</summary>
    public string? NotSeen { get; init; }

    /// <summary>It is the first check: the rest of the page has nothing to say yet, and is shown anew with it.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The whole page, when this part is newer than the rest of it; null otherwise.</summary>
    public string? WholePath { get; init; }
}

/// <summary>Where a link is now.</summary>
/// <param name="Page">The whole URL.</param>
/// <param name="Readable">The same as people read it.</param>
/// <param name="Shown">The version of the link that it was found for.</param>
public sealed record MovedPage(string Page, string Readable, string Shown);

/// <summary>A reason with its advice.</summary>
public sealed record ReasonLine(string Label, string Message, string Why, string ToDo);

/// <summary>A part of the expectation.</summary>
/// <param name="Expected">For example <c>follow</c>, or <c>follow (as first seen)</c>.</param>
/// <param name="Found">Null when the last check did not see it.</param>
public sealed record ComparedLine(string Label, string Expected, string? Found, bool Differs);

/// <summary>A step of the explanation.</summary>
/// <param name="State"><c>ok</c>, <c>notice</c> or <c>decides</c>.</param>
public sealed record StepLine(string Name, string Seen, string State);

/// <summary>The evidence of two checks side by side.</summary>
/// <param name="HeadBefore">Null when there is no check to compare with.</param>
public sealed record EvidenceModel(
    string? HeadBefore, string HeadAfter, IReadOnlyList<ComparedEvidence> Rows, IReadOnlyList<Piece> SnippetBefore,
    IReadOnlyList<Piece> SnippetAfter)
{
    /// <summary>What two snippets that are alike mean: one of them is shown then. Null where they differ, or one is missing.</summary>
    public string? SnippetNote { get; init; }
}

/// <summary>A line of the evidence; a side is null when that check did not see it.</summary>
public sealed record ComparedEvidence(string Label, string? Before, string? After, bool Differs);

/// <summary>A piece of a link's HTML, and whether only this side has it.</summary>
public sealed record Piece(string Text, bool IsMarked);

/// <summary>A day's mark.</summary>
/// <param name="Mark"><c>live</c>, <c>changed</c>, <c>lost</c>, <c>unknown</c> or <c>none</c>.</param>
public sealed record DayLine(DateOnly Day, string Mark)
{
    /// <summary>What else the day was, at its best, where a change ended it otherwise; null for nothing.</summary>
    public string? Also { get; init; }
}

/// <summary>A change in the life of a link.</summary>
/// <param name="Held">It was not reported on its own.</param>
public sealed record TimelineLine(Moment At, string From, string To, IReadOnlyList<string> Reasons, bool Held, EvidenceModel? Evidence)
{
    /// <summary>What a person said, for example <c>seen by Anna</c>: it is no change then. Null for a change.</summary>
    public string? Said { get; init; }
}

/// <summary>A link that is watched no more.</summary>
public sealed record FormerLinkModel
{
    public required Frame Frame { get; init; }

    /// <summary>The whole URL of the page; null when only its changes are left.</summary>
    public string? Page { get; init; }

    /// <summary>The same as people read it.</summary>
    public string? PageReadable { get; init; }

    public string? Target { get; init; }

    public string? TargetReadable { get; init; }

    /// <summary>When it was deleted, or another one took its place.</summary>
    public Moment? At { get; init; }

    public string? By { get; init; }

    /// <summary>The link in its place; null when it was deleted.</summary>
    public OtherLink? ReplacedBy { get; init; }

    /// <summary>The link in whose place it was; null for none.</summary>
    public OtherLink? Replaces { get; init; }

    /// <summary>Where a POST brings it back; null when that is not possible.</summary>
    public string? UndoPath { get; init; }

    public required IReadOnlyList<TimelineLine> Timeline { get; init; }

    /// <summary>The fields of a form that cannot be saved any more, to be copied; null for none.</summary>
    public IReadOnlyList<Field>? Typed { get; init; }
}

/// <summary>A fact with its name.</summary>
public sealed record FactLine(string Label, string Value);

/// <summary>A draft to the page's owner.</summary>
/// <param name="Mailto">Opens it in a mail program; null when it has no recipient.</param>
public sealed record DraftModel(string Note, string Subject, string Body, string? Mailto);

/// <summary>What another tool says of a link.</summary>
/// <param name="Date">The day it was imported.</param>
/// <param name="Figures">Names and values, in one line.</param>
public sealed record VendorLine(string Vendor, string Date, string Figures);
