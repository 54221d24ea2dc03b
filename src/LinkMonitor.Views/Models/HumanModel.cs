namespace LinkMonitor.Views;

/// <summary>The links that wait for a person.</summary>
public sealed record HumanModel
{
    public required Frame Frame { get; init; }

    public required IReadOnlyList<WaitingLine> Links { get; init; }

    public required Pager Pager { get; init; }

    /// <summary>Where nobody is needed: how many links wait for something else, and how many were seen; a sentence each.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];
}

/// <summary>A link that waits for a person, as a row.</summary>
/// <param name="Said">Why the last check could not tell, in a sentence.</param>
/// <param name="Since">The first of the checks in a row that could not tell.</param>
/// <param name="Proposal">What a document that was handed over says; null for none.</param>
public sealed record WaitingLine(LinkLine Link, string Said, Moment Since, ProposalModel? Proposal)
{
    /// <summary>The answer that was there when the page was made: one over another is asked about first.</summary>
    public required string Shown { get; init; }
}

/// <summary>What people see of one link beside what checks see.</summary>
public sealed record AnswerModel
{
    /// <summary>The link's page in the dashboard.</summary>
    public required string Path { get; init; }

    /// <summary>The whole URL of the page that carries it.</summary>
    public required string Page { get; init; }

    /// <summary>Where a document is handed over.</summary>
    public required string HandOverPath { get; init; }

    /// <summary>The answer that was there when the page was made: one over another is asked about first.</summary>
    public required string Shown { get; init; }

    /// <summary>The last check could not tell: a person may answer.</summary>
    public required bool IsAsked { get; init; }

    /// <summary>The last answer; null for none.</summary>
    public required AnswerLine? Answer { get; init; }

    /// <summary>What a document that was handed over says and waits for an answer; null for none.</summary>
    public required ProposalModel? Proposal { get; init; }

    /// <summary>Note and days.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }
}

/// <summary>What people see of one link, shown to somebody.</summary>
public sealed record AnswerCard(AnswerModel Answer, Visitor Visitor);

/// <summary>An answer.</summary>
/// <param name="Words">For example <c>seen by Anna</c>.</param>
/// <param name="Ended">Why it counts no more, in a sentence; null while it does.</param>
/// <param name="Proof">The document that it rests on; null for an answer by word alone.</param>
public sealed record AnswerLine(string Words, Moment At, Moment Until, string? Note, string? Ended, ProposalModel? Proof);

/// <summary>What was found in a document that a person handed over.</summary>
/// <param name="From">Who handed it over, when and from which address, in a sentence.</param>
/// <param name="State">What it says of the link: <c>live</c>, <c>changed</c>, <c>lost</c>, <c>not-found</c> or <c>unknown</c>.</param>
/// <param name="Sentences">Why, a sentence each.</param>
/// <param name="Says">The answer that follows: <c>seen</c> or <c>gone</c>; null for none.</param>
public sealed record ProposalModel(string From, string State, IReadOnlyList<string> Sentences, string? Says, EvidenceModel? Evidence)
{
    /// <summary>The document's version: an act that is meant for another is refused.</summary>
    public required string Version { get; init; }

    /// <summary>The button that gives the answer.</summary>
    public string Button => AnswerWords.Button(Says);
}

/// <summary>The words of answers.</summary>
public static class AnswerWords
{
    /// <param name="says"><c>seen</c> or <c>gone</c>.</param>
    public static string Button(string? says) => says == "gone" ? "Confirm: it is gone" : "Confirm: I see it";
}

/// <summary>Where a page's document is handed over.</summary>
public sealed record HandOverModel
{
    public required Frame Frame { get; init; }

    /// <summary>Where the form goes.</summary>
    public required string Action { get; init; }

    /// <summary>The link that it is for; null for all links of the page.</summary>
    public LinkLine? Link { get; init; }

    /// <summary>Where the browser was, as typed.</summary>
    public required Field Url { get; init; }

    public required Field Html { get; init; }

    /// <summary>What is wrong, a sentence each.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The address is not that of the page: it is judged only when the person says that it is the page all the same.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>The bookmark has opened the page, which waits for the document.</summary>
    public bool IsFromBookmark { get; init; }

    /// <summary>The longest document, in bytes.</summary>
    public required int MaxBytes { get; init; }

    /// <summary>What the bookmark does.</summary>
    public required Bookmarklet Bookmark { get; init; }
}
