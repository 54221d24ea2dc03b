using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

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
