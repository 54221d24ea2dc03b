using LinkMonitor.Alerts.Composing.Matters;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes the letter that shows that a channel works.</summary>
internal static class TestLetter
{
    private const int MaxName = 100;

    public static Letter Write(TestMatter test)
    {
        var time = new ProjectTime(test.Project.TimeZone);
        const string Title = "Test: this channel works";
        var sentence = $"Somebody asked for this message on {time.Write(test.At)}, to see whether alerts reach {WebText.Short(test.ChannelName, MaxName)}. They do. No link has changed.";
        return new Letter
        {
            Subject = SubjectLine.Of(Title, test.Project.Name),
            ProjectName = WebText.Cut(test.Project.Name, LetterWords.MaxProjectName),
            Tone = Tone.Good,
            Title = Title,
            Lead = [new(null, sentence), new("What to do", "Nothing. If this landed among the spam, tell your mail program that it is none.")],
            Footer = [time.Note, LetterWords.Reason],
            Summary = new AlertSummary { Headline = Title, Cause = WebText.Short(sentence, AlertSummary.MaxCause), Lines = [] },
        };
    }
}
