namespace LinkMonitor.Engine.Robots;

/// <summary>The rules that follow one or more user-agent lines.</summary>
internal sealed class RobotsGroup
{
    private readonly List<(int Agents, TimeSpan Delay)> _delays = [];

    public List<RobotsRule> Rules { get; } = [];

    /// <summary>How many crawlers the group names so far.</summary>
    public int Agents { get; set; }

    /// <summary>
    /// A delay counts for the crawlers named so far. It does not end the list of crawlers (in Google's reading it is a line to ignore), and a
    /// group that holds only a delay is often followed by one for everybody.
    /// </summary>
    public void AddDelay(TimeSpan delay) => _delays.Add((Agents, delay));

    /// <param name="agent">The crawler's place in the group, from 0.</param>
    public TimeSpan? DelayFor(int agent) => _delays.Where(one => one.Agents > agent).Max(one => (TimeSpan?)one.Delay);
}
