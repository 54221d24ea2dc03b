using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

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
