using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter about a failure of our own network.</summary>
internal static class NetworkLetter
{
    private const int MaxControls = 10;
    private const int MaxAddress = 200;

    public static Letter Write(NetworkNotice notice)
    {
        var time = new ProjectTime(notice.TimeZone, Language.English);
        var isOver = notice.Until is not null;
        var title = isOver
            ? "LinkMonitor's own network was down and works again"
            : "LinkMonitor's own network is down: checks are not judged";
        var span = notice.Until is { } until
            ? $"From {time.Write(notice.Since)} to {time.Write(until)}, for {time.Write(until - notice.Since)},"
            : $"Since {time.Write(notice.Since)}";
        var count = notice.NotJudged == 0
            ? "no check was affected"
            : $"{Language.English.Number(notice.NotJudged)} {(notice.NotJudged == 1 ? "check was" : "checks were")} not judged";
        var cause =
            $"{span} the checks could not reach the web, so their results do not count: {count}. No link changed its state.";
        return new Letter
        {
            Subject = SubjectLine.Of(title, null),
            Tone = isOver ? Tone.Plain : Tone.Warning,
            Title = title,
            Lead =
            [
                new(null, cause),
                new("What to do", isOver
                    ? "Nothing: the affected pages are checked again. If this happens often, check the network and the name server of the "
                        + "installation."
                    : "Check the network and the name server of the installation. Checks are retried automatically, and we report when "
                        + "they work."),
            ],
            Sections = notice.FailedControls.Count == 0 ? [] : [Failed(notice)],
            Footer = [time.Note, LetterWords.WhyNotice + "."],
            Summary = SummaryWriter.Of(
                title,
                cause,
                notice.FailedControls.Select(address => new LetterRow { Head = "Failed", Notes = [address] }),
                notice.FailedControls.Count,
                null),
        };
    }

    private static LetterSection Failed(NetworkNotice notice) => new()
    {
        Heading = "Control addresses that failed",
        Rows = [.. notice.FailedControls.Take(MaxControls).Select(address => new LetterRow { Head = WebText.Short(address, MaxAddress) })],
        More = Math.Max(0, notice.FailedControls.Count - MaxControls),
    };
}
