using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LinkMonitor.Alerts.Listing;
using LinkMonitor.Changes;
using LinkMonitor.Channels;
using LinkMonitor.Failures;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Outreach;
using LinkMonitor.Placements.Publishing;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Projects;
using LinkMonitor.Sharing.Feeds;
using LinkMonitor.Summaries;

namespace LinkMonitor.Api;

/// <summary>The JSON of the API.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ProjectRequest))]
[JsonSerializable(typeof(ProjectView))]
[JsonSerializable(typeof(SliceView<ProjectView>))]
[JsonSerializable(typeof(ProjectSummary))]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(LinkView))]
[JsonSerializable(typeof(SliceView<LinkView>))]
[JsonSerializable(typeof(LinkBatchResult))]
[JsonSerializable(typeof(LinkCounts))]
[JsonSerializable(typeof(BulkRequest))]
[JsonSerializable(typeof(BulkResult))]
[JsonSerializable(typeof(SliceView<ChangeView>))]
[JsonSerializable(typeof(VendorReport))]
[JsonSerializable(typeof(OutreachDraft))]
[JsonSerializable(typeof(OutreachTemplateRequest))]
[JsonSerializable(typeof(OutreachTemplateView))]
[JsonSerializable(typeof(SliceView<OutreachTemplateView>))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(SliceView<KeyView>))]
[JsonSerializable(typeof(SliceView<FailureView>))]
[JsonSerializable(typeof(SliceView<SetAsideView>))]
[JsonSerializable(typeof(SliceView<AlertView>))]
[JsonSerializable(typeof(ChannelRequest))]
[JsonSerializable(typeof(ChannelView))]
[JsonSerializable(typeof(ChannelTestView))]
[JsonSerializable(typeof(SliceView<ChannelView>))]
[JsonSerializable(typeof(AlertDetailView))]
[JsonSerializable(typeof(SliceView<NoticeView>))]
[JsonSerializable(typeof(ReportAddressRequest))]
[JsonSerializable(typeof(ReportAddressView))]
[JsonSerializable(typeof(FeedAddressRequest))]
[JsonSerializable(typeof(FeedAddressView))]
internal sealed partial class ApiJson : JsonSerializerContext;
