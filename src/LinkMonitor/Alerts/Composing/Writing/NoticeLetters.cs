using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Kinds;
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

/// <summary>Writes the letter about a check that failed by our own fault.</summary>
internal static class CheckFaultLetter
{
    private const int MaxAddress = 500;

    public static Letter Write(CheckFaultNotice notice)
    {
        const string title = "A check failed because of a fault in LinkMonitor";
        var time = new ProjectTime(notice.TimeZone, Language.English);
        var page = WebText.Short(notice.Page, MaxAddress);
        var cause =
            $"At {time.Write(notice.At)} the check of {page} failed because of a fault in LinkMonitor itself or a stored row that it "
                + "cannot "
                + $"read ({notice.Fault}). It judged nothing, no link changed its state, and all other pages are checked as usual.";
        return new Letter
        {
            Subject = SubjectLine.Of(title, null),
            Tone = Tone.Warning,
            Title = title,
            Lead =
            [
                new(null, cause),
                new(
                    "What to do",
                    "The page is retried automatically. GET /api/v1/failures/page-checks lists every affected page, and why. "
                    + "Update LinkMonitor if there is a newer version; otherwise report the fault with what the list and the log show."),
            ],
            Footer =
            [
                time.Note,
                LetterWords.WhyNotice + ", once a day for each kind of fault.",
            ],
            Summary = SummaryWriter.Of(title, cause),
        };
    }
}

/// <summary>Writes the letter about a channel that was disabled.</summary>
internal static class ChannelLetter
{
    private const int MaxName = 100;
    private const int MaxReason = 300;

    public static Letter Write(ChannelNotice notice)
    {
        var say = Language.Of(notice.Project.Language);
        var time = new ProjectTime(notice.Project.TimeZone, say);
        var name = say.Written(ChannelCatalogue.Of(notice.Channel).Named, ("name", WebText.Short(notice.Name, MaxName)));
        var title = notice.IsStillTried
            ? say.Text("Alerts do not reach {channel}", ("channel", name))
            : say.Text("Alerts no longer go to {channel}", ("channel", name));
        (string, string)[] facts = [("time", time.Write(notice.At)), ("reason", say.Cut(notice.Reason, MaxReason))];
        var cause = notice.IsStillTried
            ? say.Text("As of {time}, no message was accepted: {reason}", facts)
            : say.Text("The channel was disabled on {time}: {reason}", facts);
        return new Letter
        {
            Subject = SubjectLine.Of(title, notice.Project.Name),
            ProjectName = say.Cut(notice.Project.Name, LetterWords.MaxProjectName),
            Tone = Tone.Warning,
            Title = title,
            Lead =
            [
                new(null, cause),
                new(say.Text("Why it matters"), say.Text("Nobody who reads this channel learns of lost links until it works again.")),
                notice.IsStillTried
                    ? new(
                        say.Text("What to do"),
                        say.Text(
                            "Nothing is lost yet: waiting alerts are retried for three days. Check the address and the service behind "
                                + "it, and send a test."))
                    : new(
                        say.Text("What to do"),
                        say.Text(
                            "Check the address, correct or replace it in the project's channels, set the channel to active, and send a "
                                + "test.")),
            ],
            Footer = [time.Note, LetterWords.Reason(say)],
            Summary = SummaryWriter.Of(title, cause),
        };
    }
}

/// <summary>Writes the letter that shows that a channel works.</summary>
internal static class SampleLetter
{
    private const int MaxName = 100;

    public static Letter Write(TestFacts test)
    {
        var say = Language.Of(test.Project.Language);
        var time = new ProjectTime(test.Project.TimeZone, say);
        var title = say.Text("Test: this channel works");
        var sentence = say.Text(
            "Somebody asked for this message on {time}, to see whether alerts reach {channel}. They do. No link has changed.",
            ("time", time.Write(test.At)), ("channel", WebText.Short(test.ChannelName, MaxName)));
        return new Letter
        {
            Subject = SubjectLine.Of(title, test.Project.Name),
            ProjectName = say.Cut(test.Project.Name, LetterWords.MaxProjectName),
            Tone = Tone.Good,
            Title = title,
            Lead =
                [
                    new(null, sentence),
                    new(
                        say.Text("What to do"),
                        say.Text("Nothing. If this landed in the spam folder, mark it as not spam.")),
                ],
            Footer = [time.Note, LetterWords.Reason(say)],
            Summary = SummaryWriter.Of(title, sentence),
        };
    }
}
