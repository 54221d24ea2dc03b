namespace LinkMonitor.Storage.Alerts;

/// <summary>
/// What notices to the operator are about, as <see cref="AlertContent.Notice"/> has it; docs/operations.md says what to do about each.
/// </summary>
public static class NoticeNames
{
    /// <summary>A check failed by a fault of ours, or over a row that cannot be read.</summary>
    public const string CheckFailed = "check-failed";

    /// <summary>Nothing can be sent to a channel any more.</summary>
    public const string ChannelDisabled = "channel-disabled";

    /// <summary>A channel, or all mail, takes nothing; it is still tried.</summary>
    public const string ChannelFailing = "channel-failing";

    /// <summary>Our own network failed, so that nothing was judged.</summary>
    public const string NetworkFailed = "network-failed";

    /// <summary>Pages are due, and nothing was checked for long.</summary>
    public const string ScheduleStalled = "schedule-stalled";
}
