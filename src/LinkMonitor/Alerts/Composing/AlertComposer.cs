using System.Text;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Composing.Writing;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Sharing;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Puts alerts into words. Pure: the same input gives the same words.</summary>
public static class AlertComposer
{
    /// <summary>
    /// 102 kB: Gmail shows no more of a mail's HTML at once (long known from use; Google documents no number). A mail that would be larger
    /// tells fewer changes, and fewer in full.
    /// </summary>
    public const int GmailBytes = 102 * 1024;

    private const int MaxLogoText = 100;

    // For what comes to the HTML on its way: each recipient's line, and Gmail's own markup.
    private const int Reserve = 4 * 1024;

    /// <summary>Writes an alert for every kind of channel.</summary>
    /// <param name="facts">What it has to say.</param>
    /// <param name="links">Addresses that the words may lead to; <see cref="PublicLinks.None"/> leaves them out.</param>
    /// <exception cref="ArgumentException">There is nothing to report: no change, or no event.</exception>
    public static AlertMail Compose(AlertFacts facts, PublicLinks links)
    {
        Func<LetterRoom, Letter> write = facts switch
        {
            IncidentFacts incident => new IncidentLetter(incident, links).Write,
            UnstableFacts unstable => _ => UnstableLetter.Write(unstable, links),
            SettledFacts settled => _ => SettledLetter.Write(settled, links),
            DigestFacts digest => new DigestLetter(digest, links).Write,
            TermsFacts terms => new TermsLetter(terms, links).Write,
            CasesFacts cases => new CasesLetter(cases, links).Write,
            NetworkNotice notice => _ => NetworkLetter.Write(notice),
            ScheduleNotice notice => _ => ScheduleLetter.Write(notice),
            CheckFaultNotice notice => _ => CheckFaultLetter.Write(notice),
            ChannelNotice notice => _ => ChannelLetter.Write(notice),
            TestFacts test => _ => SampleLetter.Write(test),
            _ => throw new ArgumentException($"{facts.GetType().Name} is not something an alert is about.", nameof(facts)),
        };
        return LayOut(room => write(room) with
        {
            Say = Language.Of(facts.About?.Language),
            Logo =
                facts.About is { LogoUrl: { } logo } project
                    ? new LetterLogo(logo, WebText.Short(project.SenderName ?? project.Name, MaxLogoText)) : null,
        });
    }

    private static AlertMail LayOut(Func<LetterRoom, Letter> write)
    {
        var (letter, html) = (write(LetterRoom.Steps[0]), "");
        foreach (var room in LetterRoom.Steps)
        {
            letter = write(room);
            html = HtmlLetter.Write(letter);
            if (Encoding.UTF8.GetByteCount(html) <= GmailBytes - Reserve)
                break;
        }

        return new AlertMail
        {
            Subject = letter.Subject,
            Language = letter.Say.Code,
            Text = TextLetter.Write(letter),
            Html = html,
            Summary = letter.Summary with { Words = ChatWords.In(letter.Say) },
            EventIds = letter.EventIds,
        };
    }
}

/// <summary>Writes what chats say around a summary.</summary>
internal static class ChatWords
{
    public static SummaryWords In(Language say) => new()
    {
        Evidence = say.Text("Evidence and what to do"),
        Whole = say.Text("Open the whole alert"),
        More = count => $"{LetterWords.AndMore(count, say)}.",
        LeftOut = count => say.Count(count, "{count} more did not fit into this message.", "{count} more did not fit into this message."),
    };
}
