using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>When a suspected finding becomes a change. All but <see cref="SilentTarget"/> are settings of a project.</summary>
public sealed record ConfirmationPolicy
{
    /// <summary>A target that gives no answer: 3 observations over a day. It may be our side, and it often passes.</summary>
    public static readonly ConfirmationRule SilentTarget = new(3, TimeSpan.FromDays(1));

    public static ConfirmationPolicy Default { get; } = new();

    /// <summary>Reasons about the link itself. 2 observations over 1 hour by default.</summary>
    public ConfirmationRule Link { get; init; } = new(2, TimeSpan.FromHours(1));

    /// <summary><see cref="ReasonCode.PageGone"/> and <see cref="ReasonCode.Soft404"/>. 2 observations over 6 hours by default.</summary>
    public ConfirmationRule PageGone { get; init; } = new(2, TimeSpan.FromHours(6));

    /// <summary><see cref="ReasonCode.DomainGone"/>. 3 observations over 48 hours by default.</summary>
    public ConfirmationRule DomainGone { get; init; } = new(3, TimeSpan.FromHours(48));

    /// <summary><see cref="ReasonCode.PageReplaced"/>. 3 observations over 72 hours by default.</summary>
    public ConfirmationRule PageReplaced { get; init; } = new(3, TimeSpan.FromHours(72));

    /// <summary>How long a page may stay unobservable before its links are <see cref="LinkState.Unreachable"/>. 7 days by default.</summary>
    public TimeSpan UnreachableAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From a first suspicion to its first recheck. 5 minutes by default.</summary>
    public TimeSpan FirstRecheck { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between later rechecks. 1 hour by default.</summary>
    public TimeSpan LaterRecheck { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The rule for one finding. The name of a target that does not exist is as good as a page that is gone.</summary>
    internal ConfirmationRule For(Reason reason) =>
        TargetBroken.IsSilence(reason) ? SilentTarget : TargetBroken.IsNameLoss(reason) ? PageGone : For(reason.Code);

    /// <summary>The rule for one reason.</summary>
    public ConfirmationRule For(ReasonCode code) => code switch
    {
        ReasonCode.PageGone or ReasonCode.Soft404 => PageGone,
        ReasonCode.DomainGone => DomainGone,
        ReasonCode.PageReplaced => PageReplaced,
        _ => Link,
    };
}
