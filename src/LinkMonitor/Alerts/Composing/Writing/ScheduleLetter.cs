using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter about a schedule that stands still.</summary>
internal static class ScheduleLetter
{
    public static Letter Write(ScheduleNotice notice)
    {
        var time = new ProjectTime(notice.TimeZone, Language.English);
        var isOver = notice.Until is not null;
        var title = isOver ? "LinkMonitor made no checks for a while and works again" : "LinkMonitor has stopped checking";
        var cause = notice.Until is { } until
            ? $"From {time.Write(notice.Since)} to {time.Write(until)}, for {time.Write(until - notice.Since)}, "
                + "pages were due and not checked."
            : $"Since {time.Write(notice.Since)} pages are due and are not checked. Changes go unnoticed.";
        return new Letter
        {
            Subject = SubjectLine.Of(title, null),
            Tone = isOver ? Tone.Plain : Tone.Warning,
            Title = title,
            Lead =
            [
                new(null, cause),
                new("What to do", isOver
                    ? "Nothing: the affected pages are being checked now. If this happens often, read the log of that time."
                    : "Open /health of the installation: it shows whether pages wait to be put on the queue or messages wait on it. "
                        + "Read the log of the functions ScheduleChecks and CheckPage. docs/operations.md lists the usual causes."),
            ],
            Sections = [],
            Footer = [time.Note, LetterWords.WhyNotice + "."],
            Summary = SummaryWriter.Of(title, cause),
        };
    }
}
