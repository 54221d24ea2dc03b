using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Placements.Refunds;

/// <summary>The words for what the checks of a day saw.</summary>
internal static class DayMarkWords
{
    public static string Of(DayMark mark) => mark switch
    {
        DayMark.AsAgreed => "as agreed",
        DayMark.Changed => "changed",
        DayMark.Lost => "lost",
        DayMark.NotFound => "not there yet",
        DayMark.CouldNotTell => "could not tell",
        _ => "not checked",
    };

    public static string Explain(DayMark mark) => mark switch
    {
        DayMark.AsAgreed => "at least one check of the day saw the link as agreed",
        DayMark.Changed => "the link was there, but not as agreed, and that was confirmed",
        DayMark.Lost => "the link was gone, and that was confirmed",
        DayMark.NotFound => "the page was read without the link, which had never been seen there",
        DayMark.CouldNotTell => "the page could not be seen, or a finding was not confirmed yet",
        _ => "no check was made on this day, or it failed by our own fault",
    };
}
