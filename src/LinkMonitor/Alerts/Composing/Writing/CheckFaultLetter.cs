using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

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
