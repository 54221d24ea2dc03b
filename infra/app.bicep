param location string
param token string
param withApplicationInsights bool
param instanceMemoryMB int
param maximumInstanceCount int
@secure()
param adminKey string
@secure()
param settings object
param tags object

var deploymentContainer = 'deployments'

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var storageRoles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner: deployment package, timer locks
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'stlm${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource deployments 'containers' = {
      name: deploymentContainer
    }
  }
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = if (withApplicationInsights) {
  name: 'log-lm-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = if (withApplicationInsights) {
  name: 'appi-lm-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-lm-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

// With an identity the host and LinkMonitor read the same settings.
var storageSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
}
var insightsSettings = withApplicationInsights
  ? {
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights!.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD'
    }
  : {}

// On .NET 10 the native launcher that warm instances start workers with crashes under load (exit code 139):
// https://github.com/Azure/azure-functions-dotnet-worker/issues/3335. 0 starts the worker with `dotnet` instead, at the price of a slower
// cold start. Take it out when the issue is closed.
var runtimeSettings = {
  WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: '0'
}
var ownSettings = {
  LinkMonitor__AdminKey: adminKey
  LinkMonitor__PublicUrl: 'https://${site.properties.defaultHostName}'
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-lm-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${deploymentContainer}'
          authentication: { type: 'SystemAssignedIdentity' }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
  }

  // FUNCTIONS_WORKER_RUNTIME and its kin are refused on Flex Consumption: functionAppConfig says it all.
  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(storageSettings, insightsSettings, runtimeSettings, ownSettings, settings)
    dependsOn: [storageAccess]
  }
}

resource storageAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in storageRoles: {
    name: guid(storage.id, site.id, role)
    scope: storage
    properties: {
      principalId: site.identity.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource insightsAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (withApplicationInsights) {
  name: guid(resourceGroup().id, site.id, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: site.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

output name string = site.name
output url string = 'https://${site.properties.defaultHostName}'
