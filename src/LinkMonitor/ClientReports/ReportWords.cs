using System.Globalization;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Wording;

namespace LinkMonitor.ClientReports;

/// <summary>The words and figures of a report in its language.</summary>
internal sealed class ReportWords(Language say)
{
    private const double Whole = 100;
    private const double Least = 0.1;

    public string NoData => say.Text("no data");

    /// <summary>For example <c>1 Nov 2026</c>.</summary>
    public string Day(DateOnly day) => day.ToString(say.Text("d MMM yyyy"), say.Manner);

    public string Day(DateTimeOffset time, TimeZoneInfo zone) => Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime));

    public string Number(int number) => say.Number(number);

    /// <summary>"No data" for a number that is not known.</summary>
    public string Number(int? number) => number is { } known ? Number(known) : NoData;

    /// <summary>
    /// For example <c>83.3 %</c>; "no data" for a share of nothing. What is not all is never written as 100, nor what is not none as 0.
    /// </summary>
    public string Percent(double? share)
    {
        if (share is not { } known)
            return NoData;
        var percent = Math.Round(known * Whole, 1, MidpointRounding.AwayFromZero);
        percent = known < 1 && percent >= Whole ? Whole - Least : known > 0 && percent < Least ? Least : percent;
        return $"{percent.ToString("0.#", say.Manner)} %";
    }

    /// <summary>For example <c>+3</c>; a figure that stays says so.</summary>
    public string Difference(int now, int before) => now == before ? say.Text("unchanged") : Signed(now - before, "N0");

    /// <summary>"No data" where one of both is not known.</summary>
    public string Difference(int? now, int? before) => now is { } one && before is { } other ? Difference(one, other) : NoData;

    /// <summary>In points; "no data" where one of both has none.</summary>
    public string Difference(double? now, double? before)
    {
        if (now is not { } one || before is not { } other)
            return NoData;
        var points = Math.Round((one - other) * Whole, 1, MidpointRounding.AwayFromZero);
        return points == 0 ? say.Text("unchanged") : say.Text("{points} points", ("points", Signed(points, "0.#")));
    }

    public string State(Standing state) => state switch
    {
        Standing.AsAgreed => say.Text("As agreed"),
        Standing.Changed => say.Text("Changed"),
        Standing.Lost => say.Text("Lost"),
        Standing.NotFound => say.Text("Not found"),
        _ => say.Text("Not verified"),
    };

    public string Move(ReportedMove move) => move switch
    {
        ReportedMove.Found => say.Text("Found for the first time"),
        ReportedMove.Back => say.Text("There again"),
        ReportedMove.Lost => say.Text("Lost"),
        ReportedMove.Restored => say.Text("As agreed again"),
        ReportedMove.NotFound => say.Text("Not there at the first check"),
        ReportedMove.Unseen => say.Text("Page could not be seen any more"),
        ReportedMove.SeenAgain => say.Text("Page can be seen again"),
        _ => say.Text("Changed"),
    };

    /// <summary>Why no check could tell.</summary>
    public string Unseen(CheckOutcome? look) => look switch
    {
        null => say.Text("Not checked yet."),
        CheckOutcome.Blocked => say.Text("The site does not let our checks in."),
        CheckOutcome.ServerError => say.Text("The site answered with an error of its own."),
        CheckOutcome.Unreachable => say.Text("The site did not answer."),
        CheckOutcome.RobotsDisallowed => say.Text("The site's robots.txt forbids our checks."),
        CheckOutcome.ScriptOnly => say.Text("A script writes the page, which our checks do not run."),
        CheckOutcome.NotHtml => say.Text("The address gives something that is no page."),
        CheckOutcome.NoContent => say.Text("The answer had hardly anything in it."),
        CheckOutcome.TooLarge => say.Text("The page is larger than our checks read."),
        _ => say.Text("The answer was not the page that is known."),
    };

    public string Section(ReportSection section) => section switch
    {
        ReportSection.Summary => say.Text("Summary"),
        ReportSection.GainedAndLost => say.Text("Gained and lost"),
        ReportSection.Changes => say.Text("Other changes"),
        ReportSection.NotVerified => say.Text("Not verified"),
        ReportSection.Links => say.Text("All links"),
        ReportSection.Anchors => say.Text("Anchor texts"),
        ReportSection.Domains => say.Text("Referring hosts"),
        ReportSection.Follow => say.Text("Followed links"),
        ReportSection.Targets => say.Text("Targets"),
        _ => say.Text("Placements and terms"),
    };

    private string Signed(double difference, string format) =>
        $"{(difference > 0 ? "+" : "−")}{Math.Abs(difference).ToString(format, say.Manner ?? CultureInfo.InvariantCulture)}";
}
