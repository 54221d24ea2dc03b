using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter about a channel that was disabled.</summary>
internal static class ChannelLetter
{
    private const int MaxName = 100;
    private const int MaxReason = 300;

    public static Letter Write(ChannelNotice notice)
    {
        var time = new ProjectTime(notice.Project.TimeZone);
        var name = $"{Word(notice.Channel)} {WebText.Short(notice.Name, MaxName)}";
        var title = notice.IsStillTried ? $"Alerts do not get through to {name}" : $"Alerts no longer go to {name}";
        var what = notice.IsStillTried ? "Nothing was taken up to" : "The channel was disabled on";
        var cause = $"{what} {time.Write(notice.At)}: {WebText.Cut(notice.Reason, MaxReason)}";
        return new Letter
        {
            Subject = SubjectLine.Of(title, notice.Project.Name),
            ProjectName = WebText.Cut(notice.Project.Name, LetterWords.MaxProjectName),
            Tone = Tone.Warning,
            Title = title,
            Lead =
            [
                new(null, cause),
                new("Why it matters", "Whoever reads this channel hears nothing of lost links until it is mended."),
                notice.IsStillTried
                    ? new("What to do", "Nothing is lost yet: what waits is tried again, for three days. Check the address and who is behind it, and send a test.")
                    : new("What to do", "Check the address, mend or replace it in the project's channels, set the channel to active, and send a test."),
            ],
            Footer = [time.Note, LetterWords.Reason],
            Summary = new AlertSummary
            {
                Headline = WebText.Short(title, AlertSummary.MaxHeadline),
                Cause = WebText.Short(cause, AlertSummary.MaxCause),
                Lines = [],
            },
        };
    }

    private static string Word(ChannelKind kind) => kind switch
    {
        ChannelKind.Email => "the address",
        ChannelKind.Webhook => "the webhook",
        ChannelKind.Slack => "the Slack channel",
        ChannelKind.Teams => "the Teams channel",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No word for this kind of channel."),
    };
}
