using NCrontab;

namespace LinkMonitor.Hosting.Functions;

/// <summary>A function started by the clock, in UTC.</summary>
internal sealed record TimerFunctionDefinition : FunctionDefinition
{
    /// <param name="schedule">NCRONTAB with six fields: second, minute, hour, day, month, day of week.</param>
    /// <exception cref="ArgumentException">The name or the schedule is invalid.</exception>
    public TimerFunctionDefinition(string name, string schedule)
        : base(name)
    {
        if (CrontabSchedule.TryParse(schedule, new() { IncludingSeconds = true }) is null)
            throw new ArgumentException($"'{schedule}' is not an NCRONTAB schedule of six fields.", nameof(schedule));
        Schedule = schedule;
    }

    /// <summary>NCRONTAB with six fields, in UTC.</summary>
    public string Schedule { get; }
}
