using System.Text.Json.Serialization;

namespace LinkMonitor.Alerts;

/// <summary>How alerts leave.</summary>
internal enum MailTransport
{
    /// <summary>As <c>.eml</c> files in a folder: the default, for a laptop.</summary>
    Files,

    /// <summary>Over any mail server.</summary>
    Smtp,

    /// <summary>Over SendGrid's web API.</summary>
    [JsonStringEnumMemberName("sendgrid")]
    SendGrid,
}
