using System.Globalization;
using LinkMonitor.Alerts.Composing;

namespace LinkMonitor.Sharing.Pages;

/// <summary>
/// Which of an alert's changes one page shows, the oldest first: reading all of them, with their evidence, is not for whoever has an
/// address.
/// </summary>
/// <param name="From">How many come before, 0 or more.</param>
/// <param name="Of">How many there are.</param>
internal sealed record AlertPart(int From, int Of)
{
    public const int Size = 200;

    private int To => Math.Min(From + Size, Of);

    public string Words => Of switch
    {
        0 => "It tells no changes of single links.",
        1 => "It tells one change.",
        _ when To - From == Of => string.Create(CultureInfo.InvariantCulture, $"It tells {Of:N0} changes; this is all of them."),
        _ => string.Create(CultureInfo.InvariantCulture, $"It tells {Of:N0} changes; these are {From + 1:N0} to {To:N0}."),
    };

    /// <summary>To the parts before and after.</summary>
    public Markup Ways => Markup.Of($"{Way(From > 0, Math.Max(0, From - Size), "Those before")}{Way(To < Of, To, "Those after")}");

    private static Markup Way(bool isThere, int from, string words) => isThere
        ? Markup.Of($"""<a class="button second" href="?from={from.ToString(CultureInfo.InvariantCulture)}">{words}</a>""")
        : Markup.Empty;
}
